import { verifyPassword } from '@postern/administration';
import type { NewInvitation, NewPassword } from '@postern/admin-contract';
import { expect } from 'vitest';
import { test, type Terminal } from './testing/terminal.ts';

const ADA = { email: 'ada@example.org', name: 'Ada' } as const;

test('a reset lets its owner in with a new password alone: app, passkeys and sessions are gone, with the reason', async ({
  terminal,
}) => {
  const { json, run } = terminal;
  const made = (await json('account', 'create', '--email', ADA.email, '--name', ADA.name)) as NewPassword;
  await secured(terminal, made.account.id);
  expect(await run('account', 'list')).toMatchObject({ out: expect.stringContaining('password and app, 2 passkeys') });
  const reset = (await json('account', 'reset', ADA.email, '--reason', 'lost the bag')) as NewPassword;
  expect(reset.account).toMatchObject({ email: ADA.email, authenticatorApp: false, passkeys: 0, sessions: 0 });
  expect(reset.password).not.toBe(made.password);
  expect(await left(terminal)).toEqual({ passkeys: 0, apps: 0, sessions: 0 });
  expect(await verifyPassword(await storedPassword(terminal), reset.password)).toBe(true);
  const { rows } = await terminal.store.pool.query<{ action: string; reason: string; facts: unknown }>(
    "select action, reason, facts from audit_entries where reason = 'lost the bag' order by id",
  );
  expect(rows).toMatchObject([
    { action: 'account.reset-second-factor', facts: { authenticatorApp: true, passkeys: 2, sessionsEnded: 1 } },
    { action: 'account.reset-password' },
  ]);
  expect(JSON.stringify(rows)).not.toContain(reset.password);
  expect(await run('account', 'reset', 'nobody@example.org')).toMatchObject({ exit: 1, out: '' });
});

test('a second factor alone is reset, and the password stays', async ({ terminal }) => {
  const { json, run } = terminal;
  const made = (await json('account', 'create', '--email', ADA.email, '--name', ADA.name)) as NewPassword;
  await secured(terminal, made.account.id);
  expect(await run('account', 'reset-second-factor', ADA.email)).toMatchObject({
    exit: 0,
    out: `${ADA.email} signs in with its password alone now.\n`,
  });
  expect(await left(terminal)).toEqual({ passkeys: 0, apps: 0, sessions: 0 });
  expect(await verifyPassword(await storedPassword(terminal), made.password)).toBe(true);
});

test('an invitation is made with a link that is shown this once, listed, and revoked with a reason', async ({
  terminal: { json, run, runWith, store },
}) => {
  const given = ['--email', 'Bea@Example.org', '--name', 'Bea', '--role', 'auditor', '--hours', '24'];
  const env = { POSTERN_CONSOLE_URL: 'https://postern.example.org' };
  const shown = await runWith({ env }, 'account', 'invitation', 'create', ...given);
  expect(shown.out).toMatch(/https:\/\/postern\.example\.org\/invitation#\w{32}\n/);
  const made = (await json('account', 'invitation', 'create', ...given.with(1, 'eve@example.org'))) as NewInvitation & {
    readonly link: string;
  };
  expect(made).toMatchObject({ link: `/invitation#${made.token}`, invitation: { role: 'auditor', state: 'open' } });
  const listed = await run('account', 'invitation', 'list');
  expect(listed.out).toContain('bea@example.org');
  expect(listed.out).not.toContain(made.token);
  const { id } = made.invitation;
  expect(await json('account', 'invitation', 'revoke', id, '--reason', 'a typing error')).toMatchObject({
    state: 'revoked',
  });
  expect(await run('account', 'invitation', 'revoke', id)).toMatchObject({ exit: 1, out: '' });
  const { rows } = await store.pool.query('select action, reason from audit_entries order by id');
  expect(rows).toEqual([
    { action: 'invitation.create', reason: null },
    { action: 'invitation.create', reason: null },
    { action: 'invitation.revoke', reason: 'a typing error' },
  ]);
  const taken = ['--email', 'eve@example.org', '--name', 'Eve', '--hours', '1000'];
  expect(await run('account', 'invitation', 'create', ...taken)).toMatchObject({ exit: expect.any(Number), out: '' });
});

/** Gives an account an authenticator app, two passkeys and a session. */
async function secured({ store }: Terminal, id: string): Promise<void> {
  await store.pool.query(`update people set two_factor_enabled = true where id = $1`, [id]);
  await store.pool.query(
    `insert into second_factors (person_id, secret, backup_codes, verified) values ($1, '', '', true)`,
    [id],
  );
  await store.pool.query(
    `insert into passkeys (person_id, credential_id, public_key, name) values ($1, 'one', '', 'one'), ($1, 'two', '', 'two')`,
    [id],
  );
  await store.pool.query(
    `insert into sessions (token, person_id, expires_at, updated_at) values ('x', $1, now() + interval '1 hour', now())`,
    [id],
  );
}

async function left({ store }: Terminal): Promise<unknown> {
  const { rows } = await store.pool.query(
    `select (select count(*) from passkeys)::int as passkeys, (select count(*) from second_factors)::int as apps,
       (select count(*) from sessions)::int as sessions`,
  );
  return rows[0];
}

async function storedPassword({ store }: Terminal): Promise<string> {
  return (await store.pool.query<{ password: string }>('select password from sign_in_methods')).rows[0]?.password ?? '';
}
