import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticated, RawClient, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario({ services: ['submission'] });
});
afterAll(() => world?.[Symbol.asyncDispose]());

const piece = fc.oneof(
  fc.constantFrom(
    'EHLO a\r\n',
    'MAIL FROM:<app@lab.example>\r\n',
    'RCPT TO:<a@receiver.example>\r\n',
    'DATA\r\n',
    '.\r\n',
    '\r\n',
  ),
  fc.constantFrom(
    'STARTTLS\r\n',
    'AUTH PLAIN\r\n',
    'AUTH LOGIN AA==\r\n',
    '*\r\n',
    'BDAT 9 LAST\r\n',
    'QUIT',
    '\r',
    '\n',
    '\0',
    '\x16\x03\x01',
  ),
  fc.uint8Array({ maxLength: 200 }).map((octets) => Buffer.from(octets).toString('latin1')),
  fc.nat(60_000).map((length) => 'a'.repeat(length)),
);

test('whatever octets come, in whatever segments, on any listener: the process lives, its memory is bounded, and others submit', async () => {
  const { submission, submissions, relay } = world.gateway.ports;
  const pid = world.gateway.pid('submission');
  const before = memory(pid);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(submission, submissions, relay),
      fc.array(fc.array(piece, { maxLength: 12 }), { maxLength: 6 }),
      async (port, segments) => {
        using client = await RawClient.connect(port);
        for (const segment of segments) await client.write(Buffer.from(segment.join(''), 'latin1'));
      },
    ),
    { numRuns: 200 },
  );
  expect(world.gateway.pid('submission')).toBe(pid);
  expect(memory(pid) - before).toBeLessThan(100 * 1024 * 1024);
  using client = await authenticated(world);
  expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
  expect(world.gateway.log).not.toMatch(/uncaught|unhandled/i);
}, 60_000);

function memory(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
