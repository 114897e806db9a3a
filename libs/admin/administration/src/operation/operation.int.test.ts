import { expect } from 'vitest';
import { permissionsOf } from '../actor.ts';
import { showLedger } from '../ledger/show-ledger.ts';
import { addRoute } from '../route/add-route.ts';
import { test, type Scenario } from '../testing/scenario.ts';
import { cancelOperation } from './cancel-operation.ts';
import { countOperation } from './count-operation.ts';
import { listOperations } from './list-operations.ts';
import { showOperation } from './show-operation.ts';
import { startOperation } from './start-operation.ts';

const BEA = '0199a000-0000-7000-8000-000000000002';
const LATER = { kind: 'deferred', maybeDelivered: false, dueAt: new Date(Date.now() + 3_600_000) } as const;

test('an operation moves exactly what its query describes, says how far it has come, and is in the audit with its reason', async ({
  scenario,
}) => {
  const { context } = scenario;
  await scenario.accept(['b@example.com', 'c@other.example']);
  await scenario.accept(['d@example.com'], { reversePath: 'z@example.net' });
  const body = { kind: 'hold', query: 'to:@example.com', reason: 'the relay is on fire' } as const;
  expect(await countOperation(context, { body })).toMatchObject({ refused: expect.anything() });
  const asked = { kind: body.kind, query: body.query };
  expect(await countOperation(context, { body: asked })).toEqual({ ok: { messages: 2, recipients: 2 } });
  const id = await started(scenario, body);
  expect(await ledger(scenario)).toMatchObject({ held: 0, queued: 3 });
  await finished(scenario);
  expect(await ledger(scenario)).toMatchObject({ accepted: 3, held: 2, queued: 1 });
  const after = await showOperation(context, { params: { id } });
  expect(after).toMatchObject({ ok: { state: 'done', expected: 2, moved: 2, by: 'owner@example.org', fault: null } });
  expect(await listOperations(context, {})).toMatchObject({ ok: { items: [{ id }], nextCursor: null } });
  expect(await scenario.audit()).toMatchObject([
    {
      action: 'operation.hold',
      subjectId: id,
      subjectName: 'to:@example.com',
      reason: 'the relay is on fire',
      facts: { messages: 2, recipients: 2 },
    },
  ]);
});

test.for([
  ['hold', { held: 4 }],
  ['retry', { queued: 2, deferred: 2 }],
  ['cancel', { cancelled: 4 }],
  ['bounce', { bounced: 4 }],
  ['expire', { expired: 4 }],
] as const)(
  '%s by a query leaves %o, content only where something has not ended, and counts that are right',
  async ([kind, states], { scenario }) => {
    const { store } = scenario;
    await scenario.accept(['a@example.com', 'b@example.com']);
    await scenario.attempt(LATER);
    await scenario.accept(['c@example.com']);
    await scenario.accept(['d@example.com']);
    await started(scenario, { kind, query: 'from:a@example.org subject:greetings' });
    await finished(scenario);
    expect(await ledger(scenario)).toMatchObject({ accepted: 4, ...states });
    expect(await store.recount()).toEqual(await store.admin.ledger());
    const { rowCount } = await store.pool.query('select 1 from contents');
    // Of what bounced or expired a DSN is still to be made.
    expect(rowCount).toBe(kind === 'cancel' ? 0 : 3);
    const work = await store.pool.query(`select 1 from bounce_work where event = 'failed'`);
    expect(work.rowCount).toBe(kind === 'bounce' || kind === 'expire' ? 4 : 0);
  },
);

test('what is released goes on where it was held from, and its queue is told', async ({ scenario }) => {
  await scenario.accept(['a@example.com']);
  await scenario.attempt(LATER);
  await scenario.accept(['b@example.com']);
  await started(scenario, { kind: 'hold', query: 'to:@example.com' });
  await finished(scenario);
  await started(scenario, { kind: 'release', query: 'to:@example.com' });
  expect(await finished(scenario)).toEqual([1]);
  expect(await ledger(scenario)).toMatchObject({ queued: 1, deferred: 1, held: 0 });
  const claim = await scenario.store.delivery.claim({ queueId: 1, limit: 10, leaseMs: 60_000, inlineOctets: 0 });
  expect(claim.recipients).toBe(2);
});

test('a reroute sends what waits and what is held by the route, and the rest stays', async ({ scenario }) => {
  const { context } = scenario;
  const body = { name: 'spare', host: 'smtp.example.net', domains: ['spare.invalid'] };
  const route = await addRoute(context, { body });
  const queueId = 'ok' in route ? route.ok.queueId : expect.unreachable();
  await scenario.accept(['a@example.com']);
  await scenario.accept(['b@other.example']);
  await started(scenario, { kind: 'reroute', query: 'to:@example.com', route: 'spare' });
  expect(await finished(scenario)).toEqual([queueId]);
  const claim = await scenario.store.delivery.claim({ queueId, limit: 10, leaseMs: 60_000, inlineOctets: 0 });
  expect(claim.messages.flatMap((each) => each.recipients.map(({ forwardPath }) => forwardPath))).toEqual([
    'a@example.com',
  ]);
  const nowhere = { kind: 'reroute', query: 'to:@example.com', route: 'nowhere' } as const;
  expect(await startOperation(context, { body: nowhere })).toMatchObject({ refused: { code: 'not-found' } });
});

test('what an operator bounces tells who did it and why, in the recipient and in an attempt', async ({ scenario }) => {
  const id = await scenario.accept(['a@example.com']);
  await started(scenario, { kind: 'bounce', query: `id:${id}`, reason: 'sent by mistake' });
  await finished(scenario);
  const [recipient] = await scenario.store.admin.listRecipients(id, { after: undefined, limit: 1 });
  expect(recipient).toMatchObject({
    state: 'bounced',
    lastReply: {
      from: 'local',
      code: 554,
      enhanced: '5.7.1',
      text: 'It was returned by an operator: sent by mistake',
    },
  });
});

test('an operation that is cancelled ends, and what ended before cannot be cancelled', async ({ scenario }) => {
  const { context } = scenario;
  await scenario.accept();
  const id = await started(scenario, { kind: 'hold', query: 'to:@example.com' });
  expect(await cancelOperation(context, { params: { id } })).toMatchObject({
    ok: { cancelledBy: 'owner@example.org' },
  });
  await finished(scenario);
  expect(await showOperation(context, { params: { id } })).toMatchObject({ ok: { state: 'cancelled', moved: 0 } });
  expect(await cancelOperation(context, { params: { id } })).toMatchObject({ refused: { code: 'conflict' } });
  expect(await ledger(scenario)).toMatchObject({ queued: 1 });
});

test.for([
  ['hold', 'state:delivered', /^body.query: hold is for recipients that are queued or deferred, not delivered$/],
  ['release', 'state:queued', /release is for recipients that are held/],
  ['hold', 'sate:held', /^body.query: sate: no such term/],
  ['hold', ' ', /^body.query: /],
] as const)('%s of %s is refused, and it is told why', async ([kind, query, detail], { scenario }) => {
  const outcome = await startOperation(scenario.context, { body: { kind, query } });
  expect(outcome).toMatchObject({
    refused: { code: 'invalid-request', detail: expect.stringMatching(detail) },
  });
});

test('another operator sees what one began and how far it has come, and cancels it under their own name', async ({
  scenario,
}) => {
  const { context } = scenario;
  await scenario.accept();
  const id = await started(scenario, { kind: 'hold', query: 'to:@example.com' });
  const bea = {
    ...context,
    actor: { ...context.actor, id: BEA, name: 'bea@example.org', permissions: permissionsOf('operator') },
  };
  expect(await listOperations(bea, { query: {} })).toMatchObject({
    ok: { items: [{ id, state: 'running', by: 'owner@example.org', cancelledBy: null }] },
  });
  expect(await cancelOperation(scenario.asAuditor, { params: { id } })).toMatchObject({
    refused: { code: 'forbidden' },
  });
  const both = await Promise.all([bea, context].map((each) => cancelOperation(each, { params: { id } })));
  expect(both.filter((each) => 'ok' in each)).toHaveLength(1);
  const [one] = both.flatMap((each) => ('ok' in each ? [each.ok.cancelledBy] : []));
  await finished(scenario);
  expect(await showOperation(context, { params: { id } })).toMatchObject({
    ok: { state: 'cancelled', cancelledBy: one },
  });
  const cancelled = (await scenario.audit()).filter(({ action }) => action === 'operation.cancel');
  expect(cancelled).toMatchObject([{ actor: `${one} from 192.0.2.7`, subjectId: id }]);
});

test('who may only read may count, and begin nothing', async ({ scenario }) => {
  const body = { kind: 'hold', query: 'to:@example.com' } as const;
  expect(await countOperation(scenario.asAuditor, { body })).toMatchObject({ ok: { recipients: 0 } });
  expect(await startOperation(scenario.asAuditor, { body })).toMatchObject({ refused: { code: 'forbidden' } });
});

async function started({ context }: Scenario, body: Parameters<typeof startOperation>[1]['body']): Promise<string> {
  const outcome = await startOperation(context, { body });
  return 'ok' in outcome ? outcome.ok.id : expect.unreachable(outcome.refused.detail);
}

/** Works until nothing is left to do; answers the queues that were told. */
async function finished({ store }: Scenario): Promise<readonly number[]> {
  const queues = new Set<number>();
  for (let worked; (worked = await store.admin.workOnOperations());)
    for (const queueId of worked.queues) queues.add(queueId);
  return [...queues];
}

async function ledger({ context }: Scenario) {
  const outcome = await showLedger(context, {});
  return 'ok' in outcome ? outcome.ok : expect.unreachable();
}
