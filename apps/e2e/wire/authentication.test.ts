import { afterAll, beforeAll, expect, test } from 'vitest';
import { encrypted, greeted, plain, type RawClient, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world[Symbol.asyncDispose]());

const under = (): Promise<RawClient> => encrypted(world.gateway.ports.submission);
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');

test('AUTH in clear is not offered, and refused before any secret is looked at', async () => {
  using client = await greeted(world.gateway.ports.submission);
  expect((await client.ask(`AUTH PLAIN ${plain(world.user, world.password)}`)).text).toMatch(/^538 5\.7\.11 /);
  expect((await client.ask('AUTH PLAIN')).code).toBe(538);
  expect((await client.ask('AUTH LOGIN')).code).toBe(538);
  expect(await client.code('MAIL FROM:<app@lab.example>')).toBe(530);
});

test('PLAIN with and without an initial response, and LOGIN in both ways, let the right secret in', async () => {
  const dialogues = [
    [`AUTH PLAIN ${plain(world.user, world.password)}`],
    ['AUTH PLAIN', plain(world.user, world.password)],
    [`auth plain ${plain(world.user, world.password)}`],
    ['AUTH LOGIN', base64(world.user), base64(world.password)],
    [`AUTH LOGIN ${base64(world.user)}`, base64(world.password)],
  ];
  for (const lines of dialogues) {
    using client = await under();
    const codes: number[] = [];
    for (const line of lines) codes.push(await client.code(line));
    expect(codes).toEqual([...lines.slice(1).map(() => 334), 235]);
  }
});

test.each([
  ['PLAIN', ['AUTH PLAIN', '*']],
  ['LOGIN at the name', ['AUTH LOGIN', '*']],
  ['LOGIN at the secret', ['AUTH LOGIN', base64('app1'), '*']],
])('AUTH %s that is cancelled is 501, and the session goes on to authenticate', async (_, lines) => {
  using client = await under();
  let reply = 0;
  for (const line of lines) reply = await client.code(line);
  expect(reply).toBe(501);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
});

test.each([
  ['an empty response', 'AUTH PLAIN ='],
  ['no NUL', `AUTH PLAIN ${base64('app1')}`],
  ['one NUL', `AUTH PLAIN ${base64('app1\0secret')}`],
  ['an empty name', `AUTH PLAIN ${base64('\0\0secret')}`],
  ['an empty secret', `AUTH PLAIN ${base64('\0app1\0')}`],
  ['a NUL in the secret', `AUTH PLAIN ${base64('\0app1\0sec\0ret')}`],
  ['octets that are no UTF-8', `AUTH PLAIN ${base64(Buffer.from([0, 0x61, 0xff, 0, 0x62, 0xfe]))}`],
  ['a name with line ends in it', `AUTH PLAIN ${base64('\0app1\r\nMAIL FROM:<a@b>\0secret')}`],
  ['a name that is SQL', `AUTH PLAIN ${base64("\0' or 1=1 --\0secret")}`],
  ['a name called __proto__', `AUTH PLAIN ${base64('\0__proto__\0secret')}`],
  ['no base64', 'AUTH PLAIN !!!!'],
  ['base64 cut off', 'AUTH PLAIN AGFwcDE'],
  ['base64 with something behind it', `AUTH PLAIN ${base64('\0app1\0secret')} more`],
])('AUTH PLAIN with %s is refused as the client’s fault, and the session goes on', async (_, line) => {
  using client = await under();
  expect((await client.ask(line)).text).toMatch(/^(501 5\.5\.[24]|535 5\.7\.8) /);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
});

test('an authorization identity that is not the name is refused, with the right secret too (RFC 4616 §2)', async () => {
  using client = await under();
  expect((await client.ask(`AUTH PLAIN ${plain(world.user, world.password, 'admin')}`)).text).toMatch(/^535 5\.7\.8 /);
  expect(await client.code('MAIL FROM:<app@lab.example>')).toBe(530);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password, world.user)}`)).toBe(235);
});

test.each(['CRAM-MD5', 'DIGEST-MD5', 'NTLM', 'SPA', 'GSSAPI', 'XOAUTH2', 'ANONYMOUS', 'LOGIN-X', '__proto__'])(
  'AUTH %s is neither offered nor known',
  async (mechanism) => {
    using client = await under();
    expect((await client.ask('EHLO again.lab.example')).text).not.toContain(mechanism);
    expect((await client.ask(`AUTH ${mechanism}`)).text).toMatch(/^504 5\.5\.4 /);
    expect((await client.ask(`AUTH ${mechanism} TlRMTVNTUAABAAAA`)).text).toMatch(/^504 5\.5\.4 /);
  },
);

test('AUTH after AUTH, and AUTH within a transaction, are out of order', async () => {
  using client = await under();
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(503);
  expect(await client.code('MAIL FROM:<app@lab.example>')).toBe(250);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(503);
});

test.each([2_000, 9_000])(
  'a secret of %i octets, more than any has, is refused, and the session goes on',
  async (length) => {
    using client = await under();
    expect((await client.ask(`AUTH PLAIN ${plain(world.user, 'x'.repeat(length))}`)).text).toMatch(
      /^(501 5\.5\.2|535 5\.7\.8) /,
    );
    expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
  },
);

test.each([
  ['in the command', []],
  ['in answer to a challenge', ['AUTH LOGIN', base64('app1')]],
])('a secret of a megabyte %s ends in a refusal, and nobody else waits for it', async (_, before) => {
  using client = await under();
  for (const line of before) await client.ask(line);
  const secret = base64(Buffer.alloc(1024 * 1024, 'x'));
  void client.write(`${before.length > 0 ? '' : 'AUTH PLAIN '}${secret}\r\n`);
  using other = await under();
  expect(await other.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
  expect((await client.rest()).map((each) => each.code)).toEqual([421]);
});

test('a secret just over what a line may hold is refused by its length, and the session goes on', async () => {
  using client = await under();
  await client.ask('AUTH LOGIN');
  expect((await client.ask('x'.repeat(13_000))).text).toMatch(/^500 5\.5\.6 /);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
});

test('an unknown name and a wrong secret are refused in the same words', async () => {
  const words: string[] = [];
  for (const [user, password] of [
    [world.user, 'wrong'],
    ['nobody-of-that-name', 'wrong'],
    ['not a possible name', world.password],
    [world.user, `${world.password}x`],
    [world.user, world.password.slice(0, -1)],
  ] as const) {
    using client = await under();
    words.push((await client.ask(`AUTH PLAIN ${plain(user, password)}`)).text);
  }
  expect(new Set(words)).toEqual(new Set([expect.stringMatching(/^535 5\.7\.8 /)]));
});

test('a connection that guesses is closed with 421 after four guesses, mixed with other commands or not', async () => {
  using client = await under();
  for (let guess = 1; guess < 4; guess += 1) {
    expect(await client.code(`AUTH PLAIN ${plain(world.user, `guess-${guess}`)}`)).toBe(535);
    expect(await client.code('NOOP')).toBe(250);
    await client.ask('EHLO again.lab.example');
  }
  await client.write(
    `AUTH PLAIN ${plain(world.user, 'guess-4')}\r\nAUTH PLAIN ${plain(world.user, world.password)}\r\n`,
  );
  expect((await client.rest()).map((each) => each.code)).toEqual([535, 421]);
});

test.each(['revoke', 'disable'])('at %s an open session ends, and no other begins', async (verb) => {
  const leaked = await world.gateway.credential(`leaked-${verb}`);
  using client = await under();
  expect(await client.code(`AUTH PLAIN ${plain(leaked.user, leaked.password)}`)).toBe(235);
  expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
  const since = performance.now();
  await world.gateway.cli(['credential', verb, leaked.user]);
  expect((await client.rest()).map(({ text }) => text)).toEqual([expect.stringMatching(/^421 4\.7\.0 .*withdrawn/)]);
  expect(performance.now() - since).toBeLessThan(5_000);
  using again = await under();
  expect(await again.code(`AUTH PLAIN ${plain(leaked.user, leaked.password)}`)).toBe(535);
});

test('no secret, right or wrong, stands in the log', () => {
  expect(world.gateway.log).toMatch(/authentication refused/);
  for (const secret of [world.password, base64(world.password), plain(world.user, world.password), 'guess-1'])
    expect(world.gateway.log).not.toContain(secret);
});
