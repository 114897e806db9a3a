import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { createAccount } from './create-account.ts';
import { createInvitation } from './create-invitation.ts';
import { ensureFirstAccount } from './ensure-first-account.ts';
import { resetAccountPassword } from './reset-account-password.ts';
import { resetSecondFactor } from './reset-second-factor.ts';
import { setAccountRole } from './set-account-role.ts';

test('a key that may write accounts makes and takes over nobody who may do more than it', async ({ scenario }) => {
  const { context } = scenario;
  const owner = { params: { account: 'owner@example.org' } };
  const bea = { params: { account: 'bea@example.org' } };
  const someone = { email: 'bea@example.org', name: 'Bea' };
  await ensureFirstAccount(context, { email: 'owner@example.org', password: 'correct horse' });
  const permissions = new Set([
    'accounts:write',
    'ledger:read',
    'credentials:read',
    'credentials:write',
    'networks:read',
  ] as const);
  const key = { ...context, actor: { ...context.actor, kind: 'api-key', permissions } as const };
  const refused = { refused: { code: 'forbidden' } };
  expect(await createAccount(key, { body: { ...someone, role: 'owner' } })).toMatchObject(refused);
  expect(await createInvitation(key, { body: { ...someone, role: 'auditor' } })).toMatchObject(refused);
  expect(await createAccount(key, { body: { ...someone, role: 'credentials' } })).toHaveProperty('ok');
  expect(await setAccountRole(key, { ...bea, body: { role: 'owner' } })).toMatchObject(refused);
  expect(await setAccountRole(key, { ...owner, body: { role: 'credentials' } })).toMatchObject(refused);
  expect(await resetAccountPassword(key, { ...owner, body: {} })).toMatchObject(refused);
  expect(await resetSecondFactor(key, { ...owner, body: {} })).toMatchObject(refused);
  expect(await resetAccountPassword(key, { ...bea, body: {} })).toHaveProperty('ok');
  expect((await scenario.audit()).map(({ action }) => action)).toEqual([
    'account.create',
    'account.create',
    'account.reset-password',
  ]);
});
