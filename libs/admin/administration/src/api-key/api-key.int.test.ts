import { expect } from 'vitest';
import { ensureFirstAccount } from '../account/ensure-first-account.ts';
import { createAccount } from '../account/create-account.ts';
import { removeAccount } from '../account/remove-account.ts';
import { setAccountRole } from '../account/set-account-role.ts';
import { cliActor, permissionsOf } from '../actor.ts';
import type { Context } from '../context.ts';
import { test } from '../testing/scenario.ts';
import { actorOfKey } from './actor-of-key.ts';
import { createApiKey } from './create-api-key.ts';
import { listApiKeys } from './list-api-keys.ts';
import { revokeApiKey } from './revoke-api-key.ts';

const FROM = '198.51.100.4';

type Body = Parameters<typeof createApiKey>[1]['body'];

async function made(context: Context, body: Body, actor = cliActor('tests')): Promise<string> {
  const outcome = await createApiKey({ ...context, actor }, { body });
  if (!('ok' in outcome)) throw new Error(outcome.refused.detail);
  return outcome.ok.key;
}

test('a key is known as what it may do, until it is revoked', async ({ scenario: { context } }) => {
  const key = await made(context, { name: 'monitoring', permissions: ['queues:read', 'ledger:read'] });
  expect(await actorOfKey(context, { key, address: FROM })).toMatchObject({
    kind: 'api-key',
    name: 'monitoring',
    permissions: new Set(['ledger:read', 'queues:read']),
    address: FROM,
  });
  await revokeApiKey(context, { params: { apiKey: 'monitoring' }, body: { reason: 'no longer used' } });
  expect(await actorOfKey(context, { key, address: FROM })).toBeUndefined();
  expect(await revokeApiKey(context, { params: { apiKey: 'monitoring' } })).toMatchObject({
    refused: { code: 'conflict' },
  });
});

test('a key past its end is none', async ({ scenario: { context, store } }) => {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const key = await made(context, { name: 'for-now', permissions: ['ledger:read'], expiresAt });
  expect(await actorOfKey(context, { key, address: FROM })).toBeDefined();
  await store.pool.query("update api_keys set expires_at = now() - interval '1 second'");
  expect(await actorOfKey(context, { key, address: FROM })).toBeUndefined();
});

test('nobody gives a key more than they may do themselves', async ({ scenario: { context } }) => {
  const asOperator = { ...context, actor: { ...context.actor, permissions: permissionsOf('operator') } };
  expect(
    await createApiKey(asOperator, { body: { name: 'x', permissions: ['queues:read'] } }),
    'an operator makes no keys',
  ).toMatchObject({ refused: { code: 'forbidden' } });
  const permissions = new Set(['api-keys:write', 'queues:read'] as const);
  const byKey = { ...context, actor: { ...context.actor, kind: 'api-key' as const, permissions } };
  expect(
    await createApiKey(byKey, { body: { name: 'x', permissions: ['queues:read', 'credentials:write'] } }),
  ).toMatchObject({ refused: { code: 'invalid-request', errors: [{ field: 'body.permissions.1' }] } });
});

test('a key does no more than its maker may now, nor does one that it made, and both end with their account', async ({
  scenario,
}) => {
  const { context } = scenario;
  await ensureFirstAccount(context, { email: 'owner@example.org', password: 'correct horse' });
  const bea = await createAccount(context, { body: { email: 'bea@example.org', name: 'Bea', role: 'owner' } });
  const id = 'ok' in bea ? bea.ok.account.id : '';
  const permissions = ['accounts:write', 'api-keys:write', 'ledger:read'] as const;
  const maker = { ...context.actor, id, name: 'bea@example.org', permissions: permissionsOf('owner') };
  const key = await made(context, { name: 'ci', permissions: [...permissions] }, maker);
  const byKey = await actorOfKey(context, { key, address: FROM });
  expect(byKey?.permissions).toEqual(new Set(permissions));
  const child = await made(context, { name: 'ci-2', permissions: [...permissions] }, byKey);
  const params = { account: 'bea@example.org' };
  await setAccountRole(context, { params, body: { role: 'auditor' } });
  for (const each of [key, child])
    expect((await actorOfKey(context, { key: each, address: FROM }))?.permissions).toEqual(new Set(['ledger:read']));
  await removeAccount(context, { params, body: { reason: 'left' } });
  for (const each of [key, child]) expect(await actorOfKey(context, { key: each, address: FROM })).toBeUndefined();
  expect((await scenario.audit()).at(-1)).toMatchObject({
    action: 'account.remove',
    reason: 'left',
    facts: { role: 'auditor', apiKeys: ['ci', 'ci-2'] },
  });
});

test('neither the database, the list nor the audit has the text of a key', async ({ scenario }) => {
  const { context, store } = scenario;
  const key = await made(context, { name: 'ci', permissions: ['ledger:read'] });
  const listed = await listApiKeys(context, { query: {} });
  const rows = await store.pool.query<{ row: string }>('select k::text as row from api_keys k');
  const secret = key.slice('postern_'.length);
  const everything = JSON.stringify([listed, rows.rows, await scenario.audit()]);
  expect(everything).toContain('"ci"');
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(Buffer.from(secret).toString('hex'));
});

test.for(['', 'postern_', `postern_${'0'.repeat(32)}`, `postern_${'é'.repeat(32)}`, "' or true --", 'x'.repeat(5_000)])(
  'what is no key is nobody: %s',
  async (key, { scenario: { context } }) => {
    expect(await actorOfKey(context, { key, address: FROM })).toBeUndefined();
  },
);

test('the use of a key is noted, and from where', async ({ scenario: { context } }) => {
  const key = await made(context, { name: 'ci', permissions: ['ledger:read'] });
  await actorOfKey(context, { key, address: FROM });
  const listed = await listApiKeys(context, { query: {} });
  expect(listed).toMatchObject({ ok: { items: [{ name: 'ci', lastUsedFrom: FROM, state: 'active' }] } });
});
