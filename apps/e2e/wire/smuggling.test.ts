import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticated, opened, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

let world: Scenario;
let soundMessages = 0;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world[Symbol.asyncDispose]());

/** What servers have been known to take for the end of mail data; only CRLF.CRLF is (RFC 5321 §4.1.1.4). */
const FALSE_ENDS: readonly [string, string][] = [
  ['LF.LF', '\n.\n'],
  ['LF.CR', '\n.\r'],
  ['CR.LF', '\r.\n'],
  ['CR.CR', '\r.\r'],
  ['LF.CRLF', '\n.\r\n'],
  ['CR.CRLF', '\r.\r\n'],
  ['CRLF.LF', '\r\n.\n'],
  ['CRLF.CR', '\r\n.\r'],
  ['CRLF NUL.CRLF', '\r\n\0.\r\n'],
  ['CRLF.NUL CRLF', '\r\n.\0\r\n'],
  ['CRLF.CR CRLF', '\r\n.\r\r\n'],
  ['CR CRLF.CR CRLF', '\r\r\n.\r\r\n'],
];

const FIRST = 'From: app@lab.example\r\nTo: someone@receiver.example\r\nSubject: first\r\n\r\nfirst';
const SMUGGLED =
  'MAIL FROM:<smuggled@lab.example>\r\nRCPT TO:<victim@receiver.example>\r\nDATA\r\nFrom: smuggled@lab.example\r\n\r\nsecond';

for (const segments of ['in one segment', 'octet by octet']) {
  test.each(FALSE_ENDS)(
    `%s ${segments} ends no mail data: one 5yz after the true end, and no reply to what was smuggled`,
    async (_, end) => {
      using client = await authenticated(world);
      await opened(client);
      if (segments === 'in one segment') await client.write(`${FIRST}${end}${SMUGGLED}\r\n.\r\n`);
      else {
        await client.write(FIRST);
        for (const octet of end) await client.write(octet);
        await client.write(`${SMUGGLED}\r\n.\r\n`);
      }
      expect((await client.read()).text).toMatch(/^554 5\.6\.0 /);
      // Had a smuggled command been answered, its reply would stand here.
      expect((await client.ask('NOOP')).text).toMatch(/^250 2\.0\.0 /);
      expect(await client.code('RCPT TO:<victim@receiver.example>')).toBe(503);
    },
  );
}

test.each([
  ['a bare CR', 'a\rb'],
  ['a bare LF', 'a\nb'],
  ['a NUL', 'a\0b'],
  ['a CR at the very end', 'a\r\r\n'],
  ['an LF right behind a dot', '.\na'],
])('%s in a content is refused, and the session goes on to send a sound one', async (_, body) => {
  using client = await authenticated(world);
  expect((await sendRaw(client, `From: app@lab.example\r\n\r\n${body}\r\n`)).text).toMatch(/^554 5\.6\.0 /);
  expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
  soundMessages += 1;
});

test.each([
  ['a bare CR', 'Subject: a\rb\r\n'],
  ['a bare LF', 'Subject: a\nBcc: victim@receiver.example\r\n'],
  ['a NUL', 'Subject: a\0b\r\n'],
])('%s in a header field is refused', async (_, field) => {
  using client = await authenticated(world);
  expect((await sendRaw(client, `From: app@lab.example\r\n${field}\r\nbody\r\n`)).text).toMatch(/^554 5\.6\.0 /);
});

test('of all that was smuggled nothing was stored, and nothing with a bare CR, LF or NUL left the gateway', async () => {
  const ledger = await world.gateway.settled();
  expect(ledger).toMatchObject({ accepted: soundMessages, delivered: soundMessages });
  const { messages } = world.internet.host;
  expect(messages).toHaveLength(soundMessages);
  expect(messages.every((each) => each.strictLines && !each.content?.includes(0))).toBe(true);
  expect(new Set(messages.map((each) => each.reversePath))).toEqual(new Set(['app@lab.example']));
});
