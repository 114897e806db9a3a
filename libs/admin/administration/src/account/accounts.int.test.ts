import { expect } from 'vitest';
import { test, type Scenario } from '../testing/scenario.ts';
import { createAccount } from './create-account.ts';
import { endAccountSessions } from './end-account-sessions.ts';
import { ensureFirstAccount } from './ensure-first-account.ts';
import { listAccounts } from './list-accounts.ts';
import { verifyPassword } from './password.ts';
import { removeAccount } from './remove-account.ts';
import { resetAccountPassword } from './reset-account-password.ts';
import { setAccountRole } from './set-account-role.ts';

const OWNER = 'owner@example.org';
const BEA = { email: 'Bea@Example.org', name: 'Bea', role: 'operator' } as const;

async function twoAccounts({ context }: Scenario): Promise<string> {
  await ensureFirstAccount(context, { email: OWNER, password: 'correct horse' });
  const made = await createAccount(context, { body: BEA });
  return 'ok' in made ? made.ok.password : made.refused.detail;
}

async function storedPassword({ store }: Scenario, email: string): Promise<string> {
  const { rows } = await store.pool.query<{ password: string }>(
    'select password from sign_in_methods m join people p on p.id = m.person_id where email = $1',
    [email],
  );
  return rows[0]?.password ?? '';
}

async function openSession({ store }: Scenario, email: string): Promise<void> {
  await store.pool.query(
    "insert into sessions (token, person_id, expires_at, updated_at) select gen_random_uuid(), id, now() + '1 h', now() from people where email = $1",
    [email],
  );
}

test('an account is made with a password that signs in, and that nobody else is told', async ({ scenario }) => {
  const password = await twoAccounts(scenario);
  expect(await verifyPassword(await storedPassword(scenario, 'bea@example.org'), password)).toBe(true);
  expect(await listAccounts(scenario.context, { query: {} })).toMatchObject({
    ok: { items: [{ email: 'bea@example.org', role: 'operator', sessions: 0 }, { email: OWNER }] },
  });
  expect(JSON.stringify(await scenario.audit())).not.toContain(password);
  expect(await createAccount(scenario.context, { body: BEA })).toMatchObject({ refused: { code: 'conflict' } });
});

test('the only owner is neither removed nor made something else', async ({ scenario }) => {
  const { context } = scenario;
  await twoAccounts(scenario);
  expect(await setAccountRole(context, { params: { account: OWNER }, body: { role: 'auditor' } })).toMatchObject({
    refused: { code: 'conflict' },
  });
  expect(await removeAccount(context, { params: { account: OWNER } })).toMatchObject({ refused: { code: 'conflict' } });
  await setAccountRole(context, { params: { account: 'bea@example.org' }, body: { role: 'owner' } });
  expect(await removeAccount(context, { params: { account: OWNER } })).toEqual({ ok: undefined });
});

test('of two owners who remove each other at once, one stays', async ({ scenario }) => {
  const { context } = scenario;
  await twoAccounts(scenario);
  await setAccountRole(context, { params: { account: 'bea@example.org' }, body: { role: 'owner' } });
  await Promise.all([
    removeAccount(context, { params: { account: OWNER } }),
    removeAccount(context, { params: { account: 'bea@example.org' } }),
  ]);
  const listed = await listAccounts(context, { query: {} });
  expect('ok' in listed && listed.ok.items.map(({ role }) => role)).toEqual(['owner']);
});

test('a password that is reset ends the sessions of the one before', async ({ scenario }) => {
  const { context } = scenario;
  const before = await twoAccounts(scenario);
  await openSession(scenario, 'bea@example.org');
  const params = { account: 'bea@example.org' };
  const reset = await resetAccountPassword(context, { params, body: { reason: 'she has lost it' } });
  const after = 'ok' in reset ? reset.ok.password : '';
  const stored = await storedPassword(scenario, 'bea@example.org');
  expect([await verifyPassword(stored, before), await verifyPassword(stored, after)]).toEqual([false, true]);
  expect((await scenario.store.pool.query('select 1 from sessions')).rowCount).toBe(0);
  expect((await scenario.audit()).at(-1)).toMatchObject({
    action: 'account.reset-password',
    reason: 'she has lost it',
    facts: { sessionsEnded: 1 },
  });
});

test('sessions are counted, and ended all at once', async ({ scenario }) => {
  const { context } = scenario;
  await twoAccounts(scenario);
  await openSession(scenario, OWNER);
  await openSession(scenario, OWNER);
  const sessions = async () => {
    const listed = await listAccounts(context, { query: {} });
    return 'ok' in listed ? listed.ok.items.map((each) => each.sessions) : [];
  };
  expect(await sessions()).toEqual([0, 2]);
  await endAccountSessions(context, { params: { account: OWNER } });
  expect(await sessions()).toEqual([0, 0]);
});

test('an auditor sees accounts and changes none', async ({ scenario }) => {
  await twoAccounts(scenario);
  expect(await listAccounts(scenario.asAuditor, { query: {} })).toMatchObject({ ok: {} });
  expect(await createAccount(scenario.asAuditor, { body: BEA })).toMatchObject({ refused: { code: 'forbidden' } });
  expect(await removeAccount(scenario.asAuditor, { params: { account: OWNER } })).toMatchObject({
    refused: { code: 'forbidden' },
  });
});
