import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '@postern/lab';
import { authenticated, greeted, encrypted, plain, type Scenario, scenario, sendRaw } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world?.[Symbol.asyncDispose]());

test('what strangers say reaches the log as part of one line each: no escape, line end or format of theirs works there', async () => {
  const forged = '{"level":"info","msg":"forged"}';
  using stranger = await greeted(world.gateway.ports.submission);
  for (const line of ['EHLO a\u001b[31m', 'EHLO %s%n%p', `EHLO ${'e'.repeat(300)}`, `NOOP \u001b]0;owned\u0007`])
    await stranger.ask(line);
  using guesser = await encrypted(world.gateway.ports.submission);
  await guesser.ask(`AUTH PLAIN ${plain(`a\r\n${forged}\u001b[2J`, 'x')}`);
  await guesser.ask(`AUTH PLAIN ${plain('%s%n\u202e', 'y')}`);
  using client = await authenticated(world);
  await client.ask('EHLO %s%s%s%n');
  const reply = await sendRaw(client, `From: app@lab.example\r\nSubject: \u001b[2J${forged}\r\n\r\nbody\r\n`);
  expect(reply.code).toBe(250);
  const [, id = ''] = /Accepted as (\S+)/.exec(reply.text) ?? [];
  await waitFor(() => world.gateway.log.includes(id), { what: 'the line of the message' });
  const lines = world.gateway.log.split('\n').slice(1, -1);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(() => JSON.parse(line) as unknown, line).not.toThrow();
    // eslint-disable-next-line no-control-regex -- control characters are what it is about
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  }
  expect(lines.filter((line) => line.startsWith(forged))).toEqual([]);
});

test('a client that fails again and again is sent away before it has filled the log', async () => {
  const before = world.gateway.log.length;
  for (let connection = 0; connection < 20; connection += 1) {
    using client = await greeted(world.gateway.ports.submission);
    await client.write(`${'X'.repeat(500)}\r\n`.repeat(100));
    await client.rest();
  }
  // 20 connections with 50 KB of rubbish each: what they leave behind is little.
  expect(world.gateway.log.length - before).toBeLessThan(50_000);
});
