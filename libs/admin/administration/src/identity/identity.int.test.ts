import { parseCredentialName } from '@postern/credentials';
import { expect } from 'vitest';
import { createCredential } from '../credential/create-credential.ts';
import { revokeCredential } from '../credential/revoke-credential.ts';
import { test } from '../testing/scenario.ts';
import { addIdentity } from './add-identity.ts';
import { listIdentities } from './list-identities.ts';
import { removeIdentity } from './remove-identity.ts';

const body = { name: 'app1', senderRules: ['@example.org'] };
const params = { credential: 'app1' };
const hex = 'ab'.repeat(32);
const certificate = { kind: 'certificate', value: hex.toUpperCase().replaceAll(/..(?=.)/g, '$&:') } as const;

test('a certificate and a claim find the credential that they are bound to', async ({ scenario }) => {
  const { context, store } = scenario;
  await createCredential(context, { body });
  expect(await store.credentials.hasCertificates()).toBe(false);
  expect(await addIdentity(context, { params, body: certificate })).toMatchObject({ ok: { value: hex } });
  await addIdentity(context, { params, body: { kind: 'token', value: 'Robot 7' } });
  const name = parseCredentialName('app1');
  expect(await store.credentials.findByIdentity({ kind: 'certificate', value: hex })).toMatchObject({ name });
  expect(await store.credentials.findByIdentity({ kind: 'token', value: 'Robot 7' })).toMatchObject({ name });
  expect(await store.credentials.findByIdentity({ kind: 'token', value: 'robot 7' })).toBeUndefined();
  expect(await store.credentials.findByIdentity({ kind: 'token', value: hex })).toBeUndefined();
  expect(await store.credentials.hasCertificates()).toBe(true);
  await revokeCredential(context, { params });
  expect(await store.credentials.hasCertificates()).toBe(false);
});

test('an identity stands for one credential, until it is removed', async ({ scenario: { context } }) => {
  await createCredential(context, { body });
  await createCredential(context, { body: { ...body, name: 'app2' } });
  const added = await addIdentity(context, { params, body: certificate });
  const other = { params: { credential: 'app2' }, body: certificate };
  expect(await addIdentity(context, other)).toMatchObject({ refused: { code: 'conflict' } });
  const identity = 'ok' in added ? added.ok.id : '';
  expect(await removeIdentity(context, { params: { credential: 'app2', identity } })).toMatchObject({
    refused: { code: 'not-found' },
  });
  expect(await removeIdentity(context, { params: { ...params, identity } })).toEqual({ ok: undefined });
  expect(await listIdentities(context, { params })).toEqual({ ok: { items: [] } });
  expect(await addIdentity(context, other)).toMatchObject({ ok: { kind: 'certificate' } });
});

test('what is no fingerprint or no claim is refused, and so is a credential that is gone', async ({
  scenario: { context },
}) => {
  await createCredential(context, { body });
  for (const value of ['', 'ab', hex.slice(1), `${hex}00`, 'zz'.repeat(32)])
    expect(await addIdentity(context, { params, body: { kind: 'certificate', value } })).toMatchObject({
      refused: { errors: [{ field: 'body.value' }] },
    });
  expect(await addIdentity(context, { params, body: { kind: 'token', value: 'a\nb' } })).toHaveProperty('refused');
  expect(await addIdentity(context, { params: { credential: 'nobody' }, body: certificate })).toMatchObject({
    refused: { code: 'not-found' },
  });
  await revokeCredential(context, { params });
  expect(await addIdentity(context, { params, body: certificate })).toMatchObject({ refused: { code: 'conflict' } });
});

test('binding and unbinding stand in the audit, and an auditor may do neither', async ({ scenario }) => {
  const { context, asAuditor } = scenario;
  await createCredential(context, { body });
  const added = await addIdentity(context, { params, body: certificate });
  const identity = 'ok' in added ? added.ok.id : '';
  expect(await addIdentity(asAuditor, { params, body: certificate })).toMatchObject({ refused: { code: 'forbidden' } });
  expect(await removeIdentity(asAuditor, { params: { ...params, identity } })).toMatchObject({
    refused: { code: 'forbidden' },
  });
  expect(await listIdentities(asAuditor, { params })).toMatchObject({ ok: { items: [{ value: hex }] } });
  await removeIdentity(context, { params: { ...params, identity } });
  const facts = { kind: 'certificate', value: hex };
  expect((await scenario.audit()).slice(1)).toMatchObject([
    { action: 'identity.add', subjectName: 'app1', facts },
    { action: 'identity.remove', subjectName: 'app1', facts },
  ]);
});

test('a credential has a hundred identities at most', async ({ scenario: { context, store } }) => {
  const made = await createCredential(context, { body });
  await store.pool.query(
    `insert into credential_identities (id, credential_id, kind, value)
     select gen_random_uuid(), $1, 'token', 'robot ' || n from generate_series(1, 100) n`,
    ['ok' in made ? made.ok.credential.id : ''],
  );
  expect(await addIdentity(context, { params, body: certificate })).toMatchObject({
    refused: { code: 'conflict', detail: expect.stringContaining('100 identities already') },
  });
});
