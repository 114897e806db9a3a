import type { Option } from 'commander';
import { expect } from 'vitest';
import { leaves } from './testing/leaves.ts';
import { test } from './testing/terminal.ts';

/** What asks others than the database, and takes its time. */
const ASKS_OUTSIDE = ['doctor', 'migrate', 'policy explain'];
const HOSTILE = '\u001b[31m';

test('a value that is none is refused on a line for each, which names an option or an argument of the command', async ({
  terminal,
}) => {
  let refused = 0;
  for (const { path, argv, says } of wrong()) {
    const { exit, out, err } = await terminal.run(...argv);
    if (exit === 0) continue;
    refused += 1;
    expect({ path, says, exit: [1, 2].includes(exit), out }).toEqual({ path, says, exit: true, out: '' });
    expect(err.trim(), path).not.toBe('');
    // oxlint-disable-next-line no-control-regex -- that is what it is about
    expect(err, `${path} ${says}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|undefined|prisma/i);
    const named = [...err.matchAll(/^(--[a-z-]+)[:,]/gm)].map(([, name]) => name);
    expect(
      named.filter((name) => !says.includes(name ?? '')),
      `${path}: ${err}`,
    ).toEqual([]);
  }
  expect(refused).toBeGreaterThan(80);
});

test('a list takes a number above nothing as its limit, and nothing else', async ({ terminal }) => {
  for (const { path } of leaves().filter(({ command }) => command.options.some(({ long }) => long === '--limit'))) {
    for (const limit of ['0', '-1', 'many', '1.5', '']) {
      expect(await terminal.run(...path.split(' '), `--limit=${limit}`)).toMatchObject({
        exit: 2,
        err: expect.stringContaining('Expected a whole number above 0') as string,
      });
    }
  }
});

test('an update that changes nothing is wrong usage, and leaves no trace in the audit', async ({ terminal }) => {
  await terminal.json('credential', 'create', '--name', 'app1', '--sender', '*');
  await terminal.json('network', 'add', '10.0.0.0/8');
  await terminal.json('domain', 'add', 'example.org');
  await terminal.json('route', 'add', '--name', 'office', '--host', 'smtp.example.com');
  const before = await terminal.json('audit');
  for (const line of [
    'credential update app1',
    'network update 10.0.0.0/8 --reason why',
    'domain update example.org',
    'route update office',
  ]) {
    expect(await terminal.run(...line.split(' ')), line).toMatchObject({ exit: 2, out: '' });
  }
  expect(await terminal.json('audit')).toEqual(before);
});

test('a number is digits and no more: what only a program would take for one changes nothing', async ({ terminal }) => {
  await terminal.json('source', 'add', 'a', '--address', '192.0.2.1', '--ehlo', 'out.example.org');
  await terminal.json('route', 'add', '--name', 'office', '--host', 'smtp.example.com');
  const before = await terminal.json('audit');
  const given = [
    'source update a --weight',
    'source update a --warm-up',
    'route update office --port',
    'queue limit 1 --lanes',
    'queue limit 1 --least-lanes',
    'policy simulate --domain example.org --days',
    'tls-report results --days',
    'bounce reclassify --replies',
    'bounce rules show --of',
    'account invitation create --email a@example.org --name A --hours',
  ];
  for (const line of given) {
    for (const number of ['', '1e3', '0x10', '٣']) {
      const [option = ''] = line.split(' ').slice(-1);
      const ran = await terminal.run(...line.split(' ').slice(0, -1), `${option}=${number}`);
      expect({ line, number, ...ran }).toEqual({
        line,
        number,
        exit: 2,
        out: '',
        err: `${option}: Expected a whole number\n`,
      });
    }
  }
  expect(await terminal.json('audit')).toEqual(before);
});

test('a queue that is named by nothing is not named', async ({ terminal }) => {
  for (const name of ['', ' ']) {
    expect(await terminal.run('queue', 'show', name)).toMatchObject({ exit: 2, err: expect.stringMatching(/^name a/) });
  }
});

test('what was typed comes back in a refusal no longer than one reads', async ({ terminal }) => {
  const { exit, err } = await terminal.run('queue', 'show', 'x'.repeat(70_000));
  expect(exit).toBe(1);
  expect(err.length).toBeLessThan(500);
});

test('one is one, in words too', async ({ terminal }) => {
  await terminal.json('suppression', 'add', 'a@example.com');
  expect((await terminal.run('suppression', 'remove', 'a@example.com')).out).toBe('1 suppression removed.\n');
});

/** Each command once with all of its options wrong, and once with its arguments wrong. */
function wrong() {
  return leaves()
    .filter(({ path }) => !ASKS_OUTSIDE.includes(path))
    .flatMap(({ path, command }) => {
      const options = command.options.filter((option) => option.required && takes(option));
      const given = command.registeredArguments.filter(({ required }) => required);
      const mandatory = command.options.filter((option) => option.mandatory).map(({ long }) => `${long}=x`);
      const line = (argument: string, more: readonly string[]) => ({
        path,
        says: command.options.map(({ long }) => long ?? ''),
        argv: [...path.split(' '), ...given.map(() => argument), ...more],
      });
      return [
        ...(options.length > 0
          ? [
              line(
                'x',
                options.map(({ long }) => `${long}=${HOSTILE}`),
              ),
            ]
          : []),
        ...(given.length > 0 ? [line(HOSTILE, mandatory)] : []),
      ];
    });
}

/** Whether the value gets as far as the verb: what the option itself refuses is said by commander. */
function takes(option: Option): boolean {
  try {
    option.parseArg?.(HOSTILE, undefined);
    return true;
  } catch {
    return false;
  }
}
