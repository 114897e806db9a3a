import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrivalOf, authenticated, type Scenario, scenario, sendRaw } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const HEADER =
  'From: app@lab.example\r\nSubject: long\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n';

/** What arrives of a content: its header section, its body, and the longest of its lines. */
async function deliver(content: string) {
  using client = await authenticated(world);
  const received = await arrivalOf(world.internet.host, await sendRaw(client, content));
  const text = received.content?.toString('latin1') ?? '';
  const border = text.indexOf('\r\n\r\n');
  return {
    header: text.slice(0, border),
    body: text.slice(border + 4),
    longest: Math.max(...text.split('\r\n').map((line) => line.length)),
    mail: received.mailParameters,
  };
}

test.each([999, 1_000, 2_049, 60_000])(
  'a line of %i octets arrives unharmed, in lines that nobody cuts',
  async (octets) => {
    const body = `<p>${'grüße='.repeat(20)}${'x'.repeat(octets)}</p>\r\n.short\r\n`;
    const arrived = await deliver(`${HEADER}\r\n${body.replace('\r\n.', '\r\n..')}`);
    expect(arrived.longest).toBeLessThanOrEqual(998);
    expect(arrived.header).toMatch(/\r\nContent-Transfer-Encoding: quoted-printable/);
    expect(arrived.mail).not.toContain('BODY=8BITMIME');
    const decoded = arrived.body
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
    expect(Buffer.from(decoded, 'latin1').toString()).toBe(body);
  },
);

test('a line of 998 octets is long enough for everyone, and goes as it is', async () => {
  const arrived = await deliver(`${HEADER}\r\n${'a'.repeat(998)}\r\n`);
  expect(arrived.body).toBe(`${'a'.repeat(998)}\r\n`);
  expect(arrived.header).not.toContain('quoted-printable');
});

test('a header field over 998 octets is folded where it has spaces', async () => {
  const references = `References: ${'<some-id@lab.example> '.repeat(80)}`.trim();
  const arrived = await deliver(`${HEADER}${references}\r\n\r\nbody\r\n`);
  expect(arrived.longest).toBeLessThanOrEqual(998);
  expect(arrived.header.replaceAll('\r\n ', ' ')).toContain(references);
});

test.each([
  ['in a header field without a space', `${HEADER}X-Token: ${'x'.repeat(1_200)}\r\n\r\nbody\r\n`],
  [
    'in a signed part',
    `From: app@lab.example\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n${'x'.repeat(1_200)}\r\n--b--\r\n`,
  ],
  [
    'in a message that is too large to be re-encoded',
    `${HEADER}\r\n${`${'y'.repeat(98)}\r\n`.repeat(2_000)}${'x'.repeat(1_200)}\r\n`,
  ],
])('a line that could not be re-encoded without harm is refused, never cut: %s', async (_, content) => {
  using client = await authenticated(world);
  expect((await sendRaw(client, content)).text).toMatch(/^554 5\.6\.0 .*a line of 12\d\d octets/);
  expect(await sendRaw(client, `${HEADER}\r\nsound\r\n`)).toMatchObject({ code: 250 });
});
