import { expect } from 'vitest';
import { test } from './testing/terminal.ts';

const CREATE = ['credential', 'create', '--name', 'app1', '--sender', '@example.org'] as const;

test('suppressions are added, listed, exported, imported again and removed, one by one and by query', async ({
  terminal: { run, runWith, json },
}) => {
  expect(await run('suppression', 'list')).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/^No address is suppressed/) as string,
  });
  const add = ['suppression', 'add', 'Bob@Example.com', '--scope', '@example.org', '--until', '2099-01-01'] as const;
  expect(await run(...add, '--reason', 'asked, by "phone"')).toMatchObject({ exit: 0 });
  expect(await run(...add)).toMatchObject({ exit: 1, err: expect.stringContaining('suppressed already') });
  expect((await run('suppression', 'add', 'nobody')).exit).toBe(2);
  const csv = (await run('suppression', 'export')).out;
  expect(csv).toMatch(
    /^address,scope,until,reason\nbob@example\.com,@example\.org,20\d\d-[^,]+,"asked, by ""phone"""\n$/,
  );
  const many = Array.from({ length: 1_500 }, (_, index) => `r${index}@example.com`).join('\r\n');
  const brought = await runWith({ stdin: `\uFEFF${csv}\n\n${many}\r\n` }, 'suppression', 'import', '--reason', 'moved');
  expect(brought).toMatchObject({ exit: 0, out: '1500 added, 1 were there.\n' });
  expect((await run('suppression', 'export')).out.trim().split('\n')).toHaveLength(1_502);
  expect(await json('suppression', 'export', '--source', 'manual')).toMatchObject([{ address: 'bob@example.com' }]);
  expect(await json('suppression', 'list', '--limit', '3')).toHaveLength(3);
  const byQuery = ['suppression', 'remove', '--source', 'import'] as const;
  expect((await run(...byQuery, '--dry-run')).out).toBe('1500 suppressions.\n');
  expect((await run(...byQuery)).out).toBe('1500 suppressions removed.\n');
  expect((await run('suppression', 'remove')).exit).toBe(2);
  expect((await run('suppression', 'remove', 'bob@example.com')).out).toBe('1 suppression removed.\n');
  expect(await runWith({ stdin: 'not an address\n' }, 'suppression', 'import')).toMatchObject({ exit: 2 });
});

test('what bounced, what came back and which rules told it are shown, and rules come and go as JSON', async ({
  terminal: { run, runWith, json },
}) => {
  await run(...CREATE);
  expect((await run('bounce', 'rates')).out).toBe('Nothing ended in that time: --since looks further back.\n');
  expect((await run('bounce', 'rates', '--by', 'source', '--credential', 'app1')).exit).toBe(0);
  expect((await run('bounce', 'rates', '--credential', 'nobody')).exit).toBe(1);
  expect((await run('bounce', 'returned')).out).toContain('Nothing came back: ');
  expect((await run('bounce', 'rules', 'list')).out).toContain('the rules that ship');
  const shipped = (await json('bounce', 'rules', 'show')) as { readonly rules: readonly unknown[] };
  const rules = JSON.stringify([{ id: 'all', class: 'policy', codes: ['5'] }]);
  const replayed = await runWith({ stdin: rules }, 'bounce', 'rules', 'replay');
  expect(replayed.out).toBe('0 of 0 replies are told otherwise.\n');
  expect((await runWith({ stdin: rules }, 'bounce', 'rules', 'activate')).out).toBe('Rules 2 are active.\n');
  expect((await runWith({ stdin: '{' }, 'bounce', 'rules', 'activate')).exit).toBe(2);
  expect((await runWith({ stdin: '[{"id":"x"}]' }, 'bounce', 'rules', 'activate')).exit).toBe(2);
  expect((await run('bounce', 'reclassify')).out).toBe('0 of 0 replies are told otherwise.\n');
  expect((await run('bounce', 'rules', 'activate', '--shipped')).out).toBe('Rules 3 are active.\n');
  expect(await json('bounce', 'rules', 'list')).toMatchObject([{ version: 3, active: true }, { version: 2 }]);
  expect(await json('bounce', 'rules', 'show', '--of', '2')).toMatchObject({ rules: [{ id: 'all' }], active: false });
  expect(await json('bounce', 'rules', 'show')).toMatchObject({ rules: { length: shipped.rules.length } });
});

test('how bounces of a credential are dealt with is changed, and shown', async ({ terminal }) => {
  await terminal.run(...CREATE);
  const settings = ['bounce', 'settings', 'app1'] as const;
  expect((await terminal.run(...settings)).out).toMatch(/\nbounces +warning at 5 %, critical at 10 %\n/);
  const change = ['--hold', 'critical', '--threshold', 'bounceWarning=3', '--dsn', 'off'] as const;
  const changed = await terminal.run(...settings, ...change);
  expect(changed.out).toMatch(/warning at 3 %/);
  expect(changed.out).toMatch(/held +at what is critical\n/);
  for (const wrong of [
    ['--threshold', 'bounceWarning'],
    ['--threshold', 'nothing=3'],
    ['--signed-paths', 'maybe'],
  ])
    expect((await terminal.run(...settings, ...wrong)).exit).toBe(2);
  expect((await terminal.run(...settings, '--hold', 'often')).exit).not.toBe(0);
});
