import { authenticate } from '@postern/credentials';
import { expect } from 'vitest';
import { test, type Scenario } from '../testing/scenario.ts';
import { createCredential } from './create-credential.ts';
import { rotateCredential } from './rotate-credential.ts';
import { nameOf } from './testing/name-of.ts';

const body = { name: 'app1', senderRules: ['@example.org'] };
const params = { credential: 'app1' };

test('both secrets are good until the old one is retired, and its last use can be seen', async ({ scenario }) => {
  const { context, store } = scenario;
  const old = secretIn(await createCredential(context, { body }));
  const rotated = await rotateCredential(context, { params, body: { retireUnusedDays: 3, reason: 'yearly' } });
  const fresh = secretIn(rotated);
  expect(await good(scenario, old)).toBe(true);
  expect(await good(scenario, fresh)).toBe(true);
  expect(rotated).toMatchObject({
    ok: { credential: { secrets: [{ replacedAt: null }, { retireUnusedDays: 3, expiresAt: null, lastUsedAt: null }] } },
  });
  const [, replaced] = 'ok' in rotated ? rotated.ok.credential.secrets : [];
  const found = await store.credentials.findByName(nameOf('app1'));
  await store.credentials.touch([
    {
      submitterId: found?.id ?? '',
      secretId: replaced?.id,
      at: new Date(),
      clientAddress: '192.0.2.1',
      tls: 'TLSv1.3',
    },
  ]);
  expect(await store.admin.findCredential({ name: nameOf('app1') })).toMatchObject({
    lastUsedFrom: '192.0.2.1',
    lastUsedTls: 'TLSv1.3',
    secrets: [{ lastUsedAt: null }, { lastUsedFrom: '192.0.2.1' }],
  });
  expect((await scenario.audit()).at(-1)).toMatchObject({ action: 'credential.rotate', reason: 'yearly' });
});

test('an old secret that is not used for its days is retired, and one that is used is not', async ({ scenario }) => {
  const { context, store } = scenario;
  const old = secretIn(await createCredential(context, { body }));
  const fresh = secretIn(await rotateCredential(context, { params, body: { retireUnusedDays: 3 } }));
  await store.pool.query(
    "update credential_secrets set replaced_at = now() - interval '4 days', last_used_at = now() - interval '2 days' where replaced_at is not null",
  );
  expect(await store.credentials.retireUnusedSecrets()).toBe(0);
  await store.pool.query(
    "update credential_secrets set last_used_at = now() - interval '4 days' where replaced_at is not null",
  );
  expect(await store.credentials.retireUnusedSecrets()).toBe(1);
  expect(await good(scenario, old)).toBe(false);
  expect(await good(scenario, fresh)).toBe(true);
});

test('a third secret waits until one of the two is retired, unless both are to go at once', async ({ scenario }) => {
  const { context } = scenario;
  const secrets = [
    secretIn(await createCredential(context, { body })),
    secretIn(await rotateCredential(context, { params })),
  ];
  expect(await rotateCredential(context, { params })).toMatchObject({ refused: { code: 'conflict' } });
  const third = secretIn(await rotateCredential(context, { params, body: { retireNow: true } }));
  for (const secret of secrets) expect(await good(scenario, secret)).toBe(false);
  expect(await good(scenario, third)).toBe(true);
});

test('an old secret is good until its date and no longer', async ({ scenario }) => {
  const { context, store } = scenario;
  const old = secretIn(await createCredential(context, { body }));
  const retireAt = new Date(Date.now() + 60_000);
  await rotateCredential(context, { params, body: { retireAt: retireAt.toISOString() } });
  const found = await store.credentials.findByName(nameOf('app1'));
  const given = { secret: old, address: '192.0.2.1', key: context.keys.credentialHashKey };
  expect(authenticate(found, { ...given, now: new Date(retireAt.getTime() - 1) }).kind).toBe('authenticated');
  expect(authenticate(found, { ...given, now: retireAt }).kind).toBe('refused');
  expect(await rotateCredential(context, { params, body: { retireAt: '2020-01-01T00:00:00Z' } })).toMatchObject({
    refused: { errors: [{ field: 'body.retireAt' }] },
  });
});

async function good({ context, store }: Scenario, secret: string): Promise<boolean> {
  const found = await store.credentials.findByName(nameOf('app1'));
  const given = { secret, address: '192.0.2.1', now: new Date(), key: context.keys.credentialHashKey };
  return authenticate(found, given).kind === 'authenticated';
}

function secretIn(outcome: object): string {
  const made: unknown = Reflect.get(outcome, 'ok');
  const secret: unknown = typeof made === 'object' && made !== null ? Reflect.get(made, 'secret') : undefined;
  if (typeof secret !== 'string') throw new Error(`no secret: ${JSON.stringify(outcome)}`);
  return secret;
}
