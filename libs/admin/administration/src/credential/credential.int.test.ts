import { expect } from 'vitest';
import { authenticate, parseCredentialName } from '@postern/credentials';
import { test } from '../testing/scenario.ts';
import { createCredential } from './create-credential.ts';
import { disableCredential } from './disable-credential.ts';
import { enableCredential } from './enable-credential.ts';
import { listCredentials } from './list-credentials.ts';
import { rotateCredential } from './rotate-credential.ts';
import { updateCredential } from './update-credential.ts';
import { revokeCredential } from './revoke-credential.ts';
import { showCredential } from './show-credential.ts';

const body = { name: 'App1', senderRules: ['@Example.org', 'a@b.example', '@example.org'] };
const params = { credential: 'app1' };

test('a new credential authenticates with the secret that was answered, and its secret is stored nowhere', async ({
  scenario,
}) => {
  const { context, store } = scenario;
  const made = await createCredential(context, { body: { ...body, networks: ['192.0.2.1', '2001:db8::/32'] } });
  if ('refused' in made) throw new Error(made.refused.detail);
  expect(made.ok.credential).toMatchObject({
    name: 'app1',
    state: 'active',
    senderRules: ['@example.org', 'a@b.example'],
    networks: ['192.0.2.1/32', '2001:db8::/32'],
    lastUsedAt: null,
  });
  const found = await store.credentials.findByName(parseCredentialName('app1') ?? expect.unreachable());
  const given = { address: '192.0.2.1', now: new Date(), key: context.keys.credentialHashKey };
  expect(authenticate(found, { ...given, secret: made.ok.secret })).toMatchObject({ kind: 'authenticated' });
  expect(authenticate(found, { ...given, secret: 'wrong' })).toMatchObject({ kind: 'refused' });
  const everything = await store.pool.query(
    "select (select string_agg(t::text, '') from credential_secrets t) || (select string_agg(t::text, '') from audit_entries t) as text",
  );
  expect(JSON.stringify(everything.rows)).not.toContain(made.ok.secret);
});

test('a name is taken once, whatever its case, also when it was revoked', async ({ scenario: { context } }) => {
  await createCredential(context, { body });
  await revokeCredential(context, { params });
  expect(await createCredential(context, { body: { ...body, name: 'APP1' } })).toMatchObject({
    refused: { code: 'conflict' },
  });
});

test('of two that create the same name at once, one does', async ({ scenario: { context } }) => {
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => createCredential(context, { body })));
  expect(outcomes.filter((each) => 'ok' in each)).toHaveLength(1);
});

test('everything that is wrong with a new credential is told at once, and nothing is made', async ({ scenario }) => {
  const outcome = await createCredential(scenario.context, {
    body: {
      name: 'a b',
      senderRules: ['@example.org', 'nonsense'],
      networks: ['10.1.2.3/8'],
      expiresAt: '2020-01-01T00:00:00Z',
    },
  });
  expect(outcome).toMatchObject({
    refused: {
      code: 'invalid-request',
      errors: [
        { field: 'body.name' },
        { field: 'body.senderRules.1' },
        { field: 'body.networks.0', message: /10\.0\.0\.0\/8/ },
        { field: 'body.expiresAt' },
      ].map((each) => ({ ...each, message: each.message ? expect.stringMatching(each.message) : expect.any(String) })),
    },
  });
  expect(await listCredentials(scenario.context, { query: {} })).toMatchObject({ ok: { items: [] } });
});

test('a field that nobody knows is refused, not ignored', async ({ scenario: { context } }) => {
  const given = { ...body, state: 'active', role: 'admin' };
  expect(await createCredential(context, { body: given })).toMatchObject({
    refused: { errors: [{ field: 'body.state' }, { field: 'body.role' }] },
  });
});

test('a credential is disabled, enabled and revoked for good', async ({ scenario: { context } }) => {
  await createCredential(context, { body });
  expect(await enableCredential(context, { params })).toMatchObject({ refused: { code: 'conflict' } });
  expect(await disableCredential(context, { params })).toMatchObject({ ok: { state: 'disabled' } });
  expect(await enableCredential(context, { params })).toMatchObject({ ok: { state: 'active' } });
  expect(await revokeCredential(context, { params })).toMatchObject({ ok: { state: 'revoked' } });
  for (const verb of [enableCredential, disableCredential, revokeCredential]) {
    expect(await verb(context, { params })).toMatchObject({ refused: { code: 'conflict', detail: /revoked/ } });
  }
});

test('credentials are listed by name, found by id and by name', async ({ scenario: { context } }) => {
  for (const name of ['beta', 'alpha', 'gamma']) await createCredential(context, { body: { ...body, name } });
  const first = await listCredentials(context, { query: { limit: 2 } });
  if ('refused' in first) throw new Error(first.refused.detail);
  expect(first.ok.items.map(({ name }) => name)).toEqual(['alpha', 'beta']);
  const second = await listCredentials(context, { query: { limit: 2, cursor: first.ok.nextCursor ?? '' } });
  expect(second).toMatchObject({ ok: { items: [{ name: 'gamma' }], nextCursor: null } });
  expect(await listCredentials(context, { query: { name: 'ET' } })).toMatchObject({
    ok: { items: [{ name: 'beta' }] },
  });
  const id = first.ok.items[0]?.id ?? '';
  expect(await showCredential(context, { params: { credential: id.toUpperCase() } })).toMatchObject({
    ok: { name: 'alpha' },
  });
  expect(await showCredential(context, { params: { credential: 'delta' } })).toMatchObject({
    refused: { code: 'not-found' },
  });
  expect(await showCredential(context, { params: { credential: "'--" } })).toMatchObject({
    refused: { code: 'not-found' },
  });
});

test('every change leaves its row in the audit', async ({ scenario }) => {
  const { context } = scenario;
  const made = await createCredential(context, { body });
  await disableCredential(context, { params, body: { reason: 'leaked' } });
  const subject = {
    subjectId: 'ok' in made ? made.ok.credential.id : '',
    subjectName: 'app1',
    actor: 'owner@example.org from 192.0.2.7',
  };
  expect(await scenario.audit()).toEqual([
    {
      ...subject,
      action: 'credential.create',
      reason: undefined,
      facts: { senderRules: ['@example.org', 'a@b.example'], networks: [], expiresAt: null },
    },
    { ...subject, action: 'credential.disable', reason: 'leaked', facts: { was: 'active', queue: 'keep', waiting: 0 } },
  ]);
});

test('an auditor sees credentials and changes none', async ({ scenario: { context, asAuditor } }) => {
  await createCredential(context, { body });
  expect(await listCredentials(asAuditor, { query: {} })).toMatchObject({ ok: { items: [{ name: 'app1' }] } });
  expect(await createCredential(asAuditor, { body: { ...body, name: 'app2' } })).toMatchObject({
    refused: { code: 'forbidden' },
  });
  for (const verb of [disableCredential, enableCredential, revokeCredential, rotateCredential, updateCredential]) {
    expect(await verb(asAuditor, { params })).toMatchObject({ refused: { code: 'forbidden' } });
  }
});
