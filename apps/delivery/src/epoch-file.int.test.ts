import { cp, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@postern/lab';
import { logger } from '@postern/observability';
import { expect, test } from 'vitest';
import { epochFile } from './epoch-file.ts';

const quiet = logger({ service: 'delivery', level: 'silent' });
const mark = { installation: '01890000-0000-7000-8000-000000000001', beat: 7 };

test('what was remembered is remembered after a rename, and known for a copy in a data directory that was copied', async () => {
  await using folder = await temporaryDirectory();
  const of = (name: string) => epochFile(join(folder.path, name), quiet);
  await mkdir(join(folder.path, 'one'));
  await of('one').write({ ...mark, beat: 6 });
  await of('one').write(mark);
  expect(await of('one').read()).toEqual(mark);
  await cp(join(folder.path, 'one'), join(folder.path, 'two'), { recursive: true, preserveTimestamps: true });
  expect(await of('two').read()).toEqual({ ...mark, copied: true });
  await rename(join(folder.path, 'one'), join(folder.path, 'three'));
  expect(await of('three').read()).toEqual(mark);
  await of('two').write({ ...mark, beat: 8 });
  expect(await of('two').read()).toEqual({ ...mark, beat: 8 });
  expect(await of('nowhere').read()).toBeUndefined();
});

test('memory that another process writes at the same moment is never taken for a copy, nor read in halves', async () => {
  await using folder = await temporaryDirectory();
  const [ours, theirs] = [epochFile(folder.path, quiet), epochFile(folder.path, quiet)];
  await ours.write(mark);
  let written = false;
  const writing = (async () => {
    for (let beat = 8; beat < 150; beat += 1)
      await Promise.all([ours.write({ ...mark, beat }), theirs.write({ ...mark, beat })]);
    written = true;
  })();
  const read: unknown[] = [];
  while (!written) read.push(await theirs.read());
  await writing;
  expect(read.filter((each) => !isMark(each))).toEqual([]);
});

function isMark(read: unknown): boolean {
  return typeof read === 'object' && read !== null && 'beat' in read && !('copied' in read);
}
