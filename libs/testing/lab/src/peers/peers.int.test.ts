import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryDirectory, type TemporaryDirectory } from '../temporary-directory.ts';
import { waitFor } from '../wait-for.ts';
import { redisServer } from './redis-server.ts';
import { smtpSink } from './smtp-sink.ts';
import { smtpSource } from './smtp-source.ts';
import { swaks } from './swaks.ts';

let directory: TemporaryDirectory;
beforeEach(async () => {
  directory = await temporaryDirectory('peers');
});
afterEach(() => directory.remove());

test('smtp-sink takes mail, and keeps it with its envelope when told to', async () => {
  await using sink = await smtpSink({ dumpDirectory: directory.path });
  const sent = await swaks({ ...sink, message: 'Subject: hello\n\nDear you,\n.dot\n' });
  expect(sent.code, sent.output).toBe(0);
  const [message] = await sink.dumped();
  expect(message).toMatchObject({ reversePath: 'sender@lab.example', forwardPaths: ['recipient@lab.example'] });
  expect(message?.content.toString()).toMatch(/^Subject: hello\n\nDear you,\n\.dot\n/);
});

test('a sink that is closed takes no connection any more', async () => {
  const sink = await smtpSink();
  await smtpSource({ ...sink, messages: 10 });
  await sink.close();
  const socket = connect(sink.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('error', resolve));
});

test('Redis without persistence forgets at SIGKILL, with it keeps what it acknowledged', async () => {
  for (const [persistence, kept] of [
    ['none', '$-1'],
    ['append', '$1'],
  ] as const) {
    await using redis = await redisServer({ directory: directory.path, persistence });
    expect(await redis.command('SET', 'a', '1')).toBe('+OK');
    await redis.kill();
    await redis.start();
    expect(await redis.command('GET', 'a')).toBe(kept);
    await redis.flushAll();
    expect(await redis.command('DBSIZE')).toBe(':0');
    expect(await redis.command('CONFIG', 'GET', 'maxmemory-policy')).toBe('*2');
  }
});

test('waiting in vain says for what, and what was there instead', async () => {
  await expect(waitFor(() => 0, { what: 'the moon', timeoutMs: 20 })).rejects.toThrow(
    'Waited 20 ms in vain for the moon (last: 0)',
  );
  await expect(waitFor(stillDark, { what: 'the sun', timeoutMs: 20 })).rejects.toThrow('still dark');
  const never = new Promise(() => undefined);
  await expect(waitFor(() => never, { what: 'Godot', timeoutMs: 20 })).rejects.toThrow('no answer');
});

function stillDark(): never {
  throw new Error('still dark');
}
