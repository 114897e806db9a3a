import { expect } from 'vitest';
import { leaves } from './testing/leaves.ts';
import { test } from './testing/terminal.ts';

/** Commands that only read, and need to be told nothing: by the last word of each. */
const READ = 'list rules suspensions results sent received export rates returned ledger volume settings audit find';

test('every command says what it is for, and what each of its options and arguments is', () => {
  const untold = leaves().flatMap(({ path, command }) => [
    ...(command.description() ? [] : [path]),
    ...command.options.filter(({ description }) => !description).map(({ long }) => `${path} ${long ?? ''}`),
    ...(command.helpInformation().includes(`postern ${path}`) ? [] : [`${path}: its usage`]),
  ]);
  expect(untold).toEqual([]);
});

test('every command answers programs in JSON', () => {
  const mute = leaves().filter(({ command }) => !command.options.some(({ long }) => long === '--json'));
  expect(mute.map(({ path }) => path)).toEqual([]);
});

test('what reads and needs to be told nothing answers JSON, also where there is nothing yet', async ({ terminal }) => {
  const reading = leaves().filter(({ path }) => READ.split(' ').includes(path.split(' ').at(-1) ?? ''));
  const asked = reading.filter(
    ({ command }) =>
      !command.registeredArguments.some(({ required }) => required) &&
      !command.options.some(({ mandatory }) => mandatory),
  );
  expect(asked.length).toBeGreaterThan(20);
  for (const { path } of asked) {
    const { exit, out, err } = await terminal.run(...path.split(' '), '--json');
    expect({ path, exit, err }).toEqual({ path, exit: 0, err: '' });
    expect(() => JSON.parse(out) as unknown, `${path}: ${out}`).not.toThrow();
  }
});
