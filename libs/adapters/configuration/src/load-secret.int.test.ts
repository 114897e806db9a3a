import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSecret } from './load-secret.ts';

test('the secret given is the secret', () => {
  const dataDir = directory();
  expect(loadSecret({ secret: 'x'.repeat(32), dataDir })).toBe('x'.repeat(32));
  expect(readdirSync(dataDir)).toEqual([]);
});

test('a generated secret is kept, and only its owner can read it', () => {
  const dataDir = join(directory(), 'not', 'there', 'yet');
  const secret = loadSecret({ secret: undefined, dataDir });
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(loadSecret({ secret: undefined, dataDir })).toBe(secret);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['secret']);
});

test('processes that start at once get the same secret', async () => {
  const dataDir = directory();
  const script = join(dataDir, 'ask.mjs');
  const room = new URL('./load-secret.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { loadSecret } from '${room}'; process.send(loadSecret({ dataDir: process.argv[2] }));`,
  );
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => {
      const child = fork(script, [dataDir]);
      return new Promise<unknown>((resolve, reject) => child.once('message', resolve).once('error', reject));
    }),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toBe(readFileSync(join(dataDir, 'secret'), 'utf8').trim());
});

test('an empty secret file is not taken for a secret', () => {
  const dataDir = directory();
  writeFileSync(join(dataDir, 'secret'), '');
  expect(() => loadSecret({ secret: undefined, dataDir })).toThrow(/holds no secret/);
});

function directory(): string {
  return mkdtempSync(join(tmpdir(), 'postern-secret-'));
}
