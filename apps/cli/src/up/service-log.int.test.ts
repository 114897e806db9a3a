import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServiceLog } from './service-log.ts';

let dataDir: string;
let shown: string[];
let log: ServiceLog;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'postern-service-log-'));
  shown = [];
  log = new ServiceLog({ name: 'delivery', dataDir, show: (line) => shown.push(line) });
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const line = (level: string, msg: string) => `${JSON.stringify({ level, msg })}\n`;
const written = () => readFileSync(join(dataDir, 'log/delivery.log'), 'utf8');

test('every line is written as it came, wherever it was cut', async () => {
  const said = `${line('info', 'one')}plain text\n${line('warn', 'two ä')}no end`;
  const from = new PassThrough();
  log.follow(from);
  for (const octet of Buffer.from(said)) from.write(Buffer.of(octet));
  from.end();
  await expect.poll(written).toBe(`${said}\n`);
});

test('what warns or tells of a fault is shown, and nothing else', async () => {
  const from = new PassThrough();
  log.follow(from);
  from.write(line('info', 'one') + line('warn', 'two') + line('info', 'says "level":"warn"') + line('error', 'three'));
  from.end('plain text');
  await expect.poll(() => shown).toEqual(['delivery: two', 'delivery: three']);
});

test('on standard error a line that is no JSON is shown', async () => {
  const from = new PassThrough();
  log.follow(from, 40);
  from.end(`Segmentation fault\n${line('info', 'one')}`);
  await expect.poll(() => shown).toEqual(['delivery: Segmentation fault']);
});

test('the tail is the last lines', async () => {
  const from = new PassThrough();
  log.follow(from);
  for (let number = 1; number <= 100; number += 1) from.write(line('info', `line ${number}`));
  await expect.poll(() => log.tail().split('\n').at(-1)).toBe('  line 100');
  expect(log.tail().split('\n')).toHaveLength(20);
});
