import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DurableTestServer, durableTestServer } from '@postern/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticated, type RawClient, type Scenario, scenario, sendRaw } from '../src/index.ts';

/** A small filesystem of its own; undefined where nobody may mount one. */
const folder = join(tmpdir(), `postern-full-${process.pid}`);
const mounted = mount('size=128m,mode=0755');

let server: DurableTestServer;
let world: Scenario;
beforeAll(async () => {
  if (!mounted) return;
  server = await onTheSmallDisk(durableTestServer);
  world = await scenario({ services: ['submission'], databaseUrl: server.url });
}, 60_000);
afterAll(async () => {
  if (!mounted) return;
  await world[Symbol.asyncDispose]();
  await server.close();
  execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** Sends until the answer is no yes; answers how many were taken, and the other answer. */
async function fill(client: RawClient, octets: number): Promise<{ readonly taken: number; readonly answer: string }> {
  const content = `From: app@lab.example\r\n\r\n${`${'x'.repeat(98)}\r\n`.repeat(octets / 100)}`;
  for (let taken = 0; ; taken += 1) {
    const reply = await sendRaw(client, content);
    if (reply.code !== 250) return { taken, answer: reply.text };
    if (taken > 3_000) throw new Error('the disk is not full');
  }
}

test.skipIf(!mounted)(
  'a full disk is 452 4.3.1 at the end of DATA, for messages in one piece and in many; nothing half is kept, and with room again mail is taken',
  async () => {
    using client = await authenticated(world);
    const large = await fill(client, 400_000);
    const small = await fill(client, 20_000);
    expect([large.answer, small.answer]).toEqual([
      expect.stringMatching(/^452 4\.3\.1 /),
      expect.stringMatching(/^452 4\.3\.1 /),
    ]);
    expect(large.taken).toBeGreaterThan(5);
    execFileSync('mount', ['-o', 'remount,size=400m', folder]);
    await expect.poll(() => afterwards(client), { timeout: 20_000 }).toBe(250);
    await world.gateway.run('delivery');
    const { accepted, delivered } = await world.gateway.settled();
    expect([accepted, delivered]).toEqual([large.taken + small.taken + 1, large.taken + small.taken + 1]);
  },
  90_000,
);

/** A mail in the same session as before; a refusal leaves nothing behind. */
async function afterwards(client: RawClient): Promise<number> {
  const mail = await client.code('MAIL FROM:<app@lab.example>');
  if (mail !== 250) return mail;
  await client.ask('RCPT TO:<someone@receiver.example>');
  await client.ask('DATA');
  await client.write('From: app@lab.example\r\n\r\nroom again\r\n');
  return client.code('.');
}

async function onTheSmallDisk<T>(make: () => Promise<T>): Promise<T> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return await make();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

function mount(options: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return false;
  }
}
