import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RawClient } from '../src/index.ts';
import { authenticated, greeted, type Scenario, scenario, SOUND } from '../src/index.ts';

const MIB = 1024 * 1024;

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world[Symbol.asyncDispose]());

test('200 MiB without a line end are not read to their end, and cost no memory', async () => {
  const before = memory();
  using client = await greeted(world.gateway.ports.submission);
  const block = Buffer.alloc(MIB, 'a');
  let written = 0;
  while (!client.isClosed && written < 200) {
    await client.write(block);
    written += 1;
  }
  const replies = await client.rest();
  expect(written).toBeLessThan(200);
  expect(replies.every(({ code }) => code === 421)).toBe(true);
  expect(memory() - before).toBeLessThan(50 * MIB);
});

test.each([513, 1_500, 2_048])('one of %i octets is one command, and none is made of its tail', async (octets) => {
  using client = await greeted(world.gateway.ports.submission);
  const line = `NOOP ${'a'.repeat(octets - 7)}`;
  expect(await client.code(line)).toBe(250);
  expect(await client.code('NOOP')).toBe(250);
});

test.each([2_049, 12_289, 100_000])(
  'one of %i octets is refused once, and none is made of its tail',
  async (octets) => {
    using client = await greeted(world.gateway.ports.submission);
    const tail = 'QUIT';
    expect((await client.ask(`NOOP ${' '.repeat(octets - 11)}${tail}`)).text).toMatch(/^500 5\.5\.2 /);
    expect(await client.code('NOOP')).toBe(250);
  },
);

test.each([
  'MAIL FROM:<app@lab.example>\rRCPT TO:<b@receiver.example>',
  'NOOP\nQUIT',
  'NOOP\0',
  'NO\x1bOP',
  '\x80\xff',
])('%j is one malformed line and not two commands', async (line) => {
  using client = await authenticated(world);
  expect((await client.ask(line)).text).toMatch(/^50[01] /);
  expect(await client.code('RCPT TO:<b@receiver.example>')).toBe(503);
});

test('commands in one segment are answered in their order, and so is what follows the end of mail data', async () => {
  using client = await authenticated(world);
  await client.write('MAIL FROM:<app@lab.example>\r\nRCPT TO:<a@receiver.example>\r\nRCPT TO:<>\r\nDATA\r\n');
  expect(await codes(client, 4)).toEqual([250, 250, 501, 354]);
  await client.write(`${SOUND}.\r\nMAIL FROM:<app@lab.example>\r\nRSET\r\nNOOP\r\nQUIT\r\n`);
  expect((await client.rest()).map(({ code }) => code)).toEqual([250, 250, 250, 250, 221]);
});

test('VRFY, EXPN, ETRN and HELP with hostile arguments change nothing between MAIL and DATA', async () => {
  using client = await authenticated(world);
  await client.ask('MAIL FROM:<app@lab.example>');
  await client.ask('RCPT TO:<someone@receiver.example>');
  for (const [line, code] of [
    ["VRFY '; drop table messages; --", 252],
    ['VRFY j\u00fcrgen', 252],
    ['VRFY', 501],
    ["EXPN ' or 1=1", 502],
    ["ETRN #'; delete from recipients; --", 502],
    ['ETRN @receiver.example', 502],
    ['HELP %s%n${jndi:ldap://127.0.0.1/a}', 214],
  ] as const)
    expect([line, await client.code(line)]).toEqual([line, code]);
  expect(await client.code('DATA')).toBe(354);
  await client.write(SOUND);
  expect(await client.code('.')).toBe(250);
});

test('BDAT is not offered and refused, and its octets are no content', async () => {
  using client = await authenticated(world);
  expect((await client.ask('EHLO again.lab.example')).text).not.toMatch(/CHUNKING|BINARYMIME/);
  await client.ask('MAIL FROM:<app@lab.example>');
  await client.ask('RCPT TO:<someone@receiver.example>');
  for (const line of ['BDAT 0 LAST', 'BDAT 4294967296', 'BDAT -1', 'BDAT']) expect(await client.code(line)).toBe(502);
  await client.ask('RSET');
});

test.each([
  ['SIZE=999999999999', /^552 5\.3\.4 /],
  ['SIZE=99999999999999999999999', /^501 5\.5\.4 /],
  ['SIZE=-1', /^501 5\.5\.4 /],
  ['SIZE', /^501 5\.5\.4 /],
  ['FOO=1', /^555 5\.5\.4 /],
  ['__proto__=1', /^(501|555) 5\.5\.4 /],
  ['BODY=XX', /^501 5\.5\.4 /],
  ['BODY=BINARYMIME', /^50[14] 5\.5\.4 /],
  ['SMTPUTF8=1', /^501 5\.5\.4 /],
  ['AUTH=+0D+0ARCPT', /^501 5\.5\.4 /],
  ['AUTH=a+00b@lab.example', /^501 5\.5\.4 /],
  ['ENVID=a+0D+0Ab', /^(501|555) 5\.5\.4 /],
  ['SIZE=1 SIZE=2', /^501 5\.5\.4 /],
])('MAIL with %s is refused', async (parameter, expected) => {
  using client = await authenticated(world);
  expect((await client.ask(`MAIL FROM:<app@lab.example> ${parameter}`)).text).toMatch(expected);
  expect(await client.code('RCPT TO:<someone@receiver.example>')).toBe(503);
});

test.each(['ORCPT=rfc822;a+0Db', 'NOTIFY=NEVER,DELAY', 'RET=FULL', 'FOO'])(
  'RCPT with %s is refused',
  async (parameter) => {
    using client = await authenticated(world);
    await client.ask('MAIL FROM:<app@lab.example>');
    expect((await client.ask(`RCPT TO:<someone@receiver.example> ${parameter}`)).text).toMatch(/^(501|555) 5\.5\.4 /);
  },
);

test.each([
  ['MAIL', 'MAIL FROM:<j\u00fcrgen@lab.example>'],
  ['RCPT', 'RCPT TO:<j\u00fcrgen@receiver.example>'],
  ['RCPT with a U-label', 'RCPT TO:<someone@b\u00fccher.example>'],
])('%s with UTF-8 is refused while SMTPUTF8 is not asked for', async (verb, line) => {
  using client = await authenticated(world);
  if (verb !== 'MAIL') await client.ask('MAIL FROM:<app@lab.example>');
  expect((await client.ask(line)).text).toMatch(/^55[03] 5\.6\.7 /);
});

async function codes(client: RawClient, count: number): Promise<readonly number[]> {
  const said: number[] = [];
  while (said.length < count) said.push((await client.read()).code);
  return said;
}

/** What submission holds now, in octets. */
function memory(): number {
  const status = readFileSync(`/proc/${world.gateway.pid('submission')}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
