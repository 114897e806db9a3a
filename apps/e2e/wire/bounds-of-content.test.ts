import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RawClient } from '../src/index.ts';
import { authenticated, opened, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

const MIB = 1024 * 1024;
const HEADER = 'From: app@lab.example\r\n';

let world: Scenario;
beforeAll(async () => {
  world = await scenario({ env: { POSTERN_MAX_MESSAGE_OCTETS: String(MIB) } });
});
afterAll(() => world[Symbol.asyncDispose]());

test('a line of 10 MiB is over the limit of a message: 552 after the end, and nothing is stored', async () => {
  using client = await authenticated(world);
  await opened(client);
  await client.write(`${HEADER}\r\n`);
  for (let sent = 0; sent < 10; sent += 1) await client.write(Buffer.alloc(MIB, 'a'));
  await client.write('\r\n');
  expect((await client.ask('.')).text).toMatch(/^552 5\.3\.4 /);
  await isUsable(client);
});

test('content without end is not read forever', async () => {
  using client = await authenticated(world);
  await opened(client);
  await client.write(`${HEADER}\r\n`);
  let sent = 0;
  for (; sent < 100 && !client.isClosed; sent += 1) await client.write(Buffer.alloc(MIB, 'a'));
  expect((await client.rest()).map(({ code }) => code).filter((code) => code !== 421)).toEqual([]);
  expect(sent).toBeLessThan(100);
});

test('a SIZE that was too small costs nothing: what comes is counted', async () => {
  using client = await authenticated(world);
  expect(await client.code('MAIL FROM:<app@lab.example> SIZE=10')).toBe(250);
  await client.ask('RCPT TO:<someone@receiver.example>');
  await client.ask('DATA');
  await client.write(`${HEADER}\r\n${`${'a'.repeat(98)}\r\n`.repeat(9_000)}`);
  expect(await client.code('.')).toBe(250);
});

test.each<[string, string, RegExp]>([
  ['of 300 KiB', `${HEADER}${`X-A: ${'a'.repeat(993)}\r\n`.repeat(300)}`, /^554 5\.6\.0 .*octets/],
  ['of 40,000 fields', `${HEADER}${'X: a\r\n'.repeat(40_000)}`, /^554 5\.6\.0 .*fields/],
  ['with a field folded over 200 KiB', `${HEADER}X: a\r\n${' a\r\n'.repeat(70_000)}`, /^554 5\.6\.0 /],
  ['of one line of 400 KiB', `${HEADER}X: ${'a'.repeat(400_000)}\r\n`, /^554 5\.6\.0 /],
  ['that begins with a folded line', ` folded\r\n${HEADER}`, /^554 5\.6\.0 .*folded/],
  ['with the separator of a mailbox file', `From app Sun Nov 22 2026\r\n${HEADER}`, /^554 5\.6\.0 .*mailbox file/],
  ['without an empty line below it', `${HEADER}this is the body\r\n`, /^554 5\.6\.0 .*not a field/],
  ['of nothing', '', /^550 5\.6\.0 /],
])('a header section %s is refused with its reason', async (_, header, expected) => {
  using client = await authenticated(world);
  expect((await sendRaw(client, `${header}\r\nbody\r\n`)).text).toMatch(expected);
  await isUsable(client);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a field called %s is a field', async (name) => {
  using client = await authenticated(world);
  expect(await sendRaw(client, `${name}: {"a":1}\r\n${HEADER}\r\nbody\r\n`)).toMatchObject({ code: 250 });
});

test.each<[string, string]>([
  ['a group in a group, 10,000 deep', 'g:'.repeat(10_000)],
  ['10,000 comments in one another', `${'('.repeat(10_000)}${')'.repeat(10_000)} app@lab.example`],
  ['100,000 commas', `${','.repeat(100_000)}app@lab.example`],
  ['100,000 at signs', '@'.repeat(100_000)],
  ['100,000 quotes', '"'.repeat(100_001)],
  ['100,000 angle brackets', '<'.repeat(100_000)],
  ['50,000 backslashes in a quote', `"${'\\'.repeat(50_001)}" <app@lab.example>`],
  ['encoded words without end', `${'=?utf-8?q?'.repeat(20_000)} <app@lab.example>`],
  ['80,000 spaces', `a${' '.repeat(80_000)}b`],
])('a From of %s is read at once', async (_, value) => {
  using client = await authenticated(world);
  await opened(client);
  await client.write(`From: ${value}\r\n\r\nbody\r\n`);
  const since = performance.now();
  expect([250, 550, 554]).toContain(await client.code('.'));
  // A machine that is busy with other things is not what is measured: quadratic time would be minutes.
  expect(performance.now() - since).toBeLessThan(2_000);
});

test('after every refused content the transaction is over: RCPT and DATA need a new MAIL', async () => {
  using client = await authenticated(world);
  for (const content of ['From: other@evil.example\r\n\r\n', 'no header\r\n', `${HEADER}\r\na\rb\r\n`, '']) {
    expect((await sendRaw(client, content)).code).toBeGreaterThanOrEqual(500);
    expect(await client.code('RCPT TO:<someone@receiver.example>')).toBe(503);
    expect(await client.code('DATA')).toBe(503);
  }
  await isUsable(client);
});

test('everything that was accepted is delivered, and what was refused left nothing behind', async () => {
  const ledger = await world.gateway.settled();
  expect(ledger.delivered).toBe(ledger.accepted);
  expect(world.internet.host.messages.every((each) => each.strictLines)).toBe(true);
});

async function isUsable(client: RawClient): Promise<void> {
  expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
}
