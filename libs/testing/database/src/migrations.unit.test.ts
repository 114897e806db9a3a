import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fingerprint, readMigrations } from './migrations.ts';

test('migrations come in the order of their names, and other files are no migrations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['2_b', '1_a']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'migration.sql'), `select '${name}'`);
  }
  writeFileSync(join(folder, 'migration_lock.toml'), '');
  expect(readMigrations(folder).map(({ name }) => name)).toEqual(['1_a', '2_b']);
});

test('a changed migration changes the fingerprint', () => {
  const before = fingerprint([{ name: '1_a', sql: 'select 1' }]);
  expect(fingerprint([{ name: '1_a', sql: 'select 2' }])).not.toBe(before);
  expect(fingerprint([{ name: '1_a', sql: 'select 1' }])).toBe(before);
});
