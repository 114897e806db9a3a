import { expect } from 'vitest';
import { test, type Scenario } from '../testing/scenario.ts';
import { createCredential } from './create-credential.ts';
import { disableCredential } from './disable-credential.ts';
import { revokeCredential } from './revoke-credential.ts';

const params = { credential: 'app1' };

test('what a revoked credential has queued is counted, and cancelled when that is asked for', async ({ scenario }) => {
  const { context, store } = scenario;
  const id = await submitted(scenario);
  const before = { ok: { state: 'active', waiting: 4, moved: 0 } };
  expect(await revokeCredential(context, { params, body: { queue: 'purge', dryRun: true } })).toMatchObject(before);
  const after = { ok: { state: 'revoked', waiting: 4, moved: 4 } };
  expect(await revokeCredential(context, { params, body: { queue: 'purge', reason: 'leak' } })).toMatchObject(after);
  expect(await store.admin.ledger()).toMatchObject({ accepted: 5, queued: 1, cancelled: 4, held: 0 });
  expect(await store.recount()).toMatchObject({ accepted: 5, queued: 1, cancelled: 4, held: 0 });
  const left = await store.pool.query('select message_id from contents');
  expect(left.rows).toHaveLength(1);
  const audit = (await scenario.audit()).map(({ action, subjectId, reason }) => ({ action, subjectId, reason }));
  expect(audit.slice(-2)).toEqual([
    { action: 'credential.revoke', subjectId: id, reason: 'leak' },
    { action: 'credential.purge-queue', subjectId: id, reason: 'leak' },
  ]);
});

test('what a disabled credential has queued stays when nothing is said, and can be held, also afterwards', async ({
  scenario,
}) => {
  const { context, store } = scenario;
  await submitted(scenario);
  expect(await disableCredential(context, { params })).toMatchObject({ ok: { waiting: 4, moved: 0 } });
  expect(await disableCredential(context, { params })).toMatchObject({ refused: { code: 'conflict' } });
  const hold = { params, body: { queue: 'hold' as const } };
  expect(await disableCredential(context, hold)).toMatchObject({ ok: { state: 'disabled', waiting: 4, moved: 4 } });
  expect(await store.admin.ledger()).toMatchObject({ queued: 1, held: 4 });
  const purge = { params, body: { queue: 'purge' as const } };
  expect(await revokeCredential(context, purge)).toMatchObject({ ok: { state: 'revoked', waiting: 4, moved: 4 } });
  expect(await store.recount()).toMatchObject({ queued: 1, held: 0, cancelled: 4 });
});

test('what was being sent, and could not be delivered, is cancelled as well and not tried again', async ({
  scenario,
}) => {
  const { store } = scenario;
  await submitted(scenario);
  const claimed = await store.delivery.claim({ queueId: 1, limit: 100, leaseMs: 60_000, inlineOctets: 0 });
  const ids = claimed.messages.flatMap(({ recipients }) => recipients.map(({ id }) => id));
  const countSending = async (id: string): Promise<number> => {
    const sending = await scenario.context.store.countSending(id);
    if (sending > 0) await store.delivery.handBack(claimed.leaseToken, ids);
    return sending;
  };
  const context = { ...scenario.context, store: { ...scenario.context.store, countSending } };
  expect(await revokeCredential(context, { params, body: { queue: 'purge' } })).toMatchObject({ ok: { moved: 4 } });
  expect(await store.recount()).toMatchObject({ queued: 1, sending: 0, cancelled: 4 });
});

test('what is being sent for longer than some seconds is left to end as it ends', async ({ scenario }) => {
  const { store } = scenario;
  let now = 0;
  const context = { ...scenario.context, clock: { ...scenario.context.clock, monotonicMs: () => (now += 20_000) } };
  await submitted(scenario);
  const claimed = await store.delivery.claim({ queueId: 1, limit: 100, leaseMs: 60_000, inlineOctets: 0 });
  expect(claimed.recipients).toBe(5);
  expect(await revokeCredential(context, { params, body: { queue: 'purge' } })).toMatchObject({ ok: { moved: 0 } });
  expect(await store.admin.ledger()).toMatchObject({ sending: 5, cancelled: 0 });
});

/** A credential with messages of one and of three recipients, and a message of somebody else; answers its id. */
async function submitted(scenario: Scenario): Promise<string> {
  const made = await createCredential(scenario.context, { body: { name: 'app1', senderRules: ['@example.org'] } });
  if ('refused' in made) throw new Error(made.refused.detail);
  const { id } = made.ok.credential;
  const origin = {
    listener: 'submission',
    clientAddress: '192.0.2.1',
    clientName: 'client.example.org',
    credentialId: id,
    networkId: undefined,
    tls: undefined,
  } as const;
  await scenario.accept(['a@example.com'], { origin });
  await scenario.accept(['a@example.com', 'b@example.com', 'c@example.com'], { origin });
  await scenario.accept(['other@example.com']);
  return id;
}
