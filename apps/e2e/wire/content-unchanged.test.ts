import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, scenario, submit } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world[Symbol.asyncDispose]());

const HEADER =
  'From: app@lab.example\r\nTo: someone@receiver.example\r\nSubject: x\r\nDate: Sun, 22 Nov 2026 03:26:00 +0000\r\nMessage-ID: <1@lab.example>\r\n\r\n';

test.each<[string, Buffer]>([
  ['lines that begin with dots', Buffer.from('.\r\n..\r\n...\r\n.a\r\n\r\n.\r\n')],
  [
    '8-bit octets of no charset',
    Buffer.from([...Array(256).keys()].filter((octet) => ![0, 10, 13].includes(octet)).concat([13, 10])),
  ],
  ['lines of 998 octets', Buffer.from(`${'a'.repeat(998)}\r\n${'.'.repeat(998)}\r\n`)],
  ['an empty body', Buffer.alloc(0)],
  ['nothing but empty lines', Buffer.from('\r\n\r\n\r\n')],
  [
    'a body that is larger than what is kept in memory',
    Buffer.from(`${randomBytes(600_000).toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n`),
  ],
])('%s arrive octet for octet below the fields that we add', async (_, body) => {
  const before = world.internet.host.count;
  const content = Buffer.concat([Buffer.from(HEADER), body]);
  await submit(world, content);
  const received = (await world.internet.host.waitForCount(before + 1, 20_000)).at(-1);
  const arrived = received?.content ?? Buffer.alloc(0);
  expect(received?.strictLines).toBe(true);
  expect(sha256(arrived.subarray(-content.length))).toBe(sha256(content));
  expect(arrived.subarray(0, -content.length).toString()).toMatch(/^Received: from \S+ \(\[127\.0\.0\.1\]\)[^]*\r\n$/);
});

function sha256(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex');
}
