import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { ensureFirstAccount } from './ensure-first-account.ts';
import { admitSignIn } from './sign-in-throttle.ts';
import { verifyPassword } from './password.ts';

const email = 'admin@example.org';

test('the first account is made once, with a password that is told once', async ({ scenario }) => {
  const { context, store } = scenario;
  const first = await ensureFirstAccount(context, { email, password: undefined });
  expect(first).toEqual({ email, made: true, password: expect.stringMatching(/^.{32}$/) });
  expect(await ensureFirstAccount(context, { email: 'other@example.org', password: 'x'.repeat(12) })).toEqual({
    email,
    made: false,
    password: undefined,
  });
  const { rows } = await store.pool.query<{ role: string; password: string }>(
    'select role::text, password from people join sign_in_methods on person_id = people.id',
  );
  expect(rows).toMatchObject([{ role: 'owner', password: expect.stringMatching(/^\$argon2id\$/) }]);
  expect(await verifyPassword(rows[0]?.password ?? '', first.password ?? '')).toBe(true);
  expect(await scenario.audit()).toMatchObject([
    { action: 'account.create', subjectName: email, facts: { role: 'owner' } },
  ]);
});

test('a password that was given is not told again', async ({ scenario: { context } }) => {
  expect(await ensureFirstAccount(context, { email, password: 'correct horse' })).toEqual({
    email,
    made: true,
    password: undefined,
  });
});

test('processes that start at once make one first account', async ({ scenario: { context } }) => {
  const outcomes = await Promise.all(
    ['a', 'b', 'c', 'd'].map((each) =>
      ensureFirstAccount(context, { email: `${each}@example.org`, password: undefined }),
    ),
  );
  expect(outcomes.filter(({ made }) => made)).toHaveLength(1);
  expect(new Set(outcomes.map((each) => each.email)).size).toBe(1);
});

test('after five failures an address is not heard about that account, and another one is', async ({
  scenario: { store },
}) => {
  const tryFrom = async (address: string, account = email) =>
    (await admitSignIn(store.admin, { email: account, address })).kind;
  for (let n = 0; n < 5; n++) expect(await tryFrom('192.0.2.1')).toBe('admitted');
  expect(await tryFrom('192.0.2.1')).toBe('throttled');
  expect(await tryFrom('::ffff:192.0.2.1', 'ADMIN@example.org')).toBe('throttled');
  expect(await tryFrom('192.0.2.2')).toBe('admitted');
  expect(await tryFrom('192.0.2.1', 'other@example.org')).toBe('admitted');
});

test('guesses made at once are counted as if made one after the other', async ({ scenario: { store } }) => {
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => admitSignIn(store.admin, { email, address: '192.0.2.1' })),
  );
  expect(outcomes.filter(({ kind }) => kind === 'admitted').length).toBeLessThanOrEqual(5);
});

test('one password tried on many accounts is throttled by its address, an IPv6 address by its /64', async ({
  scenario: { store },
}) => {
  const kinds: string[] = [];
  for (let n = 0; n < 31; n++) {
    kinds.push(
      (await admitSignIn(store.admin, { email: `u${n}@example.org`, address: `2001:db8::${n.toString(16)}` })).kind,
    );
  }
  expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(1);
});

test('guesses from everywhere do not lock out who signed in from here before', async ({ scenario: { store } }) => {
  const home = { email, address: '198.51.100.1' };
  const admission = await admitSignIn(store.admin, home);
  if (admission.kind === 'admitted') await admission.succeeded();
  for (let n = 0; n < 101; n++) await admitSignIn(store.admin, { email, address: `192.0.2.${n}` });
  expect(await admitSignIn(store.admin, { email, address: '203.0.113.1' })).toMatchObject({ kind: 'throttled' });
  expect(await admitSignIn(store.admin, home)).toMatchObject({ kind: 'admitted' });
});

test('a success clears the failures before it', async ({ scenario: { store } }) => {
  const from = { email, address: '192.0.2.1' };
  for (let n = 0; n < 4; n++) await admitSignIn(store.admin, from);
  const admission = await admitSignIn(store.admin, from);
  if (admission.kind === 'admitted') await admission.succeeded();
  expect(await admitSignIn(store.admin, from)).toMatchObject({ kind: 'admitted' });
});
