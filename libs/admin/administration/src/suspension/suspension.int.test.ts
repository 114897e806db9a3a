import { expect } from 'vitest';
import { createCredential } from '../credential/create-credential.ts';
import { suspendQueue } from '../queue/suspend-queue.ts';
import { test, type Scenario } from '../testing/scenario.ts';
import { liftSuspension } from './lift-suspension.ts';
import { listSuspensions } from './list-suspensions.ts';
import { suspend } from './suspend.ts';

const HOUR_MS = 3_600_000;

test.for([
  ['sender', 'A@example.org'],
  ['sender', '@example.org'],
  ['domain', 'example.com'],
  ['domain', '*.com'],
  ['credential', 'app1'],
] as const)(
  'while %s %s is suspended nothing of it is claimed, other mail is, and it is due when that is lifted',
  async ([scope, subject], { scenario }) => {
    const { context, store } = scenario;
    const made = await createCredential(context, { body: { name: 'app1', senderRules: ['*'], networks: [] } as never });
    const credentialId = 'ok' in made ? made.ok.credential.id : expect.unreachable();
    const origin = {
      listener: 'submission',
      clientAddress: '192.0.2.1',
      clientName: 'c',
      networkId: undefined,
    } as const;
    const of = { origin: { ...origin, credentialId, tls: undefined } };
    await scenario.accept(['b@example.com'], of);
    await scenario.accept(['b@other.example'], { reversePath: 'z@example.net' });
    const suspension = await suspended(scenario, { scope, subject, reason: 'too much' });
    expect(new Date(suspension.until ?? 0).getTime() - Date.now()).toBeLessThanOrEqual(HOUR_MS + 1_000);
    expect(await claimed(scenario)).toEqual(['b@other.example']);
    // The sweep sets it aside; it stays what it is.
    await store.delivery.recoverLostLeases();
    expect((await store.delivery.dueQueues()).length).toBe(0);
    await scenario.accept(['c@example.com'], of);
    expect(await claimed(scenario)).toEqual([]);
    expect(await listSuspensions(context, {})).toMatchObject({ ok: { items: [{ scope, reason: 'too much' }] } });
    const id = suspension.id ?? expect.unreachable();
    expect(await liftSuspension(context, { params: { id } })).toMatchObject({ ok: { scope } });
    await store.delivery.recoverLostLeases();
    expect(await claimed(scenario)).toEqual(['b@example.com', 'c@example.com']);
    expect(await listSuspensions(context, {})).toEqual({ ok: { items: [], nextCursor: null } });
    expect((await scenario.audit()).map(({ action, reason }) => [action, reason])).toEqual([
      ['credential.create', undefined],
      ['suspension.add', 'too much'],
      ['suspension.lift', undefined],
    ]);
  },
);

test('a global stop stops everything, the sweep too, and all of it goes on when it is lifted', async ({ scenario }) => {
  const { context, store } = scenario;
  await scenario.accept();
  const { id } = await suspended(scenario, { scope: 'all' });
  expect(await claimed(scenario)).toEqual([]);
  expect(await store.delivery.dueQueues()).toEqual([]);
  expect(await suspend(context, { body: { scope: 'all' } })).toMatchObject({ refused: { code: 'conflict' } });
  await liftSuspension(context, { params: { id: id ?? '' } });
  expect(await store.delivery.dueQueues()).toMatchObject([{ id: 1 }]);
  expect(await claimed(scenario)).toEqual(['b@example.com']);
});

test('a suspension ends by itself at its time', async ({ scenario }) => {
  const { store } = scenario;
  await scenario.accept();
  await suspended(scenario, { scope: 'domain', subject: 'example.com' });
  await store.delivery.recoverLostLeases();
  await store.pool.query(`
    update suspensions set until = now() - interval '1 second';
    update waiting_recipients set due_at = (select until from suspensions)`);
  expect(await claimed(scenario)).toEqual(['b@example.com']);
  await store.delivery.recoverLostLeases();
  await suspended(scenario, { scope: 'domain', subject: 'example.com' });
});

test('a suspended queue says until when, an hour unless it is told, and is listed with the others', async ({
  scenario,
}) => {
  const { context } = scenario;
  await suspendQueue(context, { params: { id: 1 }, body: { until: null, reason: 'for good' } });
  expect(await listSuspensions(context, {})).toMatchObject({
    ok: { items: [{ id: null, scope: 'queue', subject: '1', name: 'unresolved', until: null, reason: 'for good' }] },
  });
});

test.for([
  [{ scope: 'sender', subject: '*' }, 'invalid-request'],
  [{ scope: 'domain', subject: '*' }, 'invalid-request'],
  [{ scope: 'domain', subject: "x'; --" }, 'invalid-request'],
  [{ scope: 'credential', subject: 'nobody' }, 'not-found'],
  [{ scope: 'all', until: '2020-01-01T00:00:00Z' }, 'invalid-request'],
] as const)('%o is refused', async ([body, code], { scenario }) => {
  expect(await suspend(scenario.context, { body })).toMatchObject({ refused: { code } });
});

test('who may only read may not suspend', async ({ scenario }) => {
  expect(await suspend(scenario.asAuditor, { body: { scope: 'all' } })).toMatchObject({
    refused: { code: 'forbidden' },
  });
  expect(await listSuspensions(scenario.asAuditor, {})).toEqual({ ok: { items: [], nextCursor: null } });
});

async function suspended({ context }: Scenario, body: Parameters<typeof suspend>[1]['body']) {
  const outcome = await suspend(context, { body });
  return 'ok' in outcome ? outcome.ok : expect.unreachable(outcome.refused.detail);
}

async function claimed({ store }: Scenario): Promise<readonly string[]> {
  const claim = await store.delivery.claim({ queueId: 1, limit: 10, leaseMs: 60_000, inlineOctets: 0 });
  return claim.messages.flatMap((each) => each.recipients.map(({ forwardPath }) => forwardPath));
}
