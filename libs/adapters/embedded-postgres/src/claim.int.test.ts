import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claim } from './claim.ts';
import { ask, killed, otherStarter, scenario } from './testing/scenario.ts';

test('a second start on the same data directory is refused and names the process that has it', async () => {
  const { start, dataDir } = await scenario();
  const server = await start();
  const refusal = start();
  await expect(refusal).rejects.toMatchObject({ kind: 'in-use' });
  await expect(refusal).rejects.toThrow(`Another Postern (pid ${process.pid}) uses this data directory: ${dataDir}`);
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('of several processes that start at once exactly one has the data directory', async () => {
  const { dataDir, start } = await scenario();
  const all = await Promise.all([1, 2, 3, 4].map(() => otherStarter(dataDir)));
  expect(all.filter(({ says }) => says.pid !== undefined)).toHaveLength(1);
  expect(all.filter(({ says }) => says.fault === 'in-use')).toHaveLength(3);
  await Promise.all(all.filter(({ says }) => says.pid !== undefined).map(({ child }) => killed(child)));
  await start();
});

test('the claim of a process that is gone is taken over', async () => {
  const { start, layout } = await scenario();
  writeFileSync(layout.lock, JSON.stringify({ pid: 2 ** 22 + 1, birth: 'gone' }));
  await start();
  expect(readFileSync(layout.lock, 'utf8')).toContain(`"pid":${process.pid}`);
});

test('the claim of an earlier process with the number of a living one is taken over', async () => {
  const { start, layout } = await scenario();
  writeFileSync(layout.lock, JSON.stringify({ pid: process.pid, birth: 'another boot/1' }));
  await start();
});

test('a claim cut short by a power loss is taken over', async () => {
  const { start, layout } = await scenario();
  writeFileSync(layout.lock, '');
  await start();
});

test('giving a claim back twice does not take away the claim of the next holder', async () => {
  const { layout } = await scenario();
  const release = claim(layout);
  release();
  claim(layout);
  release();
  expect(readFileSync(layout.lock, 'utf8')).toContain(`"pid":${process.pid}`);
});
