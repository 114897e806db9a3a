import { expect } from 'vitest';
import { leaves, type Leaf } from './testing/leaves.ts';
import { test } from './testing/terminal.ts';

/** Commands that only read, and need to be told nothing: by the last word of each. */
const READ = 'list rules suspensions results sent received export rates returned ledger volume settings audit find';
/** Of those, what is never empty, and what is CSV. */
const WITH_ROWS = ['ledger', 'retry list', 'volume', 'settings', 'suppression export'];

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

/** What asks, tries, counts, or writes a file: nothing is another afterwards. */
const ASKS = 'show check explain simulate test find usage trends doctor replay migrate upload first';
/** What makes something new says by itself what it is for. */
const MAKES = 'create';
const ADDS = ['route add', 'network add', 'source add', 'domain add', 'identity add'];

test('every command that changes or removes something takes a reason for the audit', () => {
  const quiet = [...READ.split(' '), ...ASKS.split(' '), MAKES];
  const silent = leaves().filter(
    ({ path, command }) =>
      !quiet.includes(path.split(' ').at(-1) ?? '') &&
      !ADDS.includes(path) &&
      !command.options.some(({ long }) => long === '--reason'),
  );
  expect(silent.map(({ path }) => path)).toEqual([]);
});

test('an empty list says what is empty, in a sentence', async ({ terminal }) => {
  for (const { path } of asked().filter(({ path }) => !WITH_ROWS.includes(path))) {
    const { exit, out } = await terminal.run(...path.split(' '));
    expect({ path, exit, out }).toEqual({
      path,
      exit: 0,
      out: expect.stringMatching(/^(?:Nothing|No|There)\b.*\.\n$/),
    });
  }
});

test('what reads and needs to be told nothing answers JSON, also where there is nothing yet', async ({ terminal }) => {
  expect(asked().length).toBeGreaterThan(20);
  for (const { path } of asked()) {
    const { exit, out, err } = await terminal.run(...path.split(' '), '--json');
    expect({ path, exit, err }).toEqual({ path, exit: 0, err: '' });
    expect(() => JSON.parse(out) as unknown, `${path}: ${out}`).not.toThrow();
  }
});

function asked(): readonly Leaf[] {
  return leaves().filter(
    ({ path, command }) =>
      READ.split(' ').includes(path.split(' ').at(-1) ?? '') &&
      !command.registeredArguments.some(({ required }) => required) &&
      !command.options.some(({ mandatory }) => mandatory),
  );
}
