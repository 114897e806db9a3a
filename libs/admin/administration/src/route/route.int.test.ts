import { expect } from 'vitest';
import { unseal, UPSTREAM_PASSWORD } from '@postern/sealing';
import { createCredential } from '../credential/create-credential.ts';
import { addNetwork } from '../network/add-network.ts';
import { holdMessage } from '../message/hold-message.ts';
import { showLedger } from '../ledger/show-ledger.ts';
import { test, type Scenario } from '../testing/scenario.ts';
import { addRoute } from './add-route.ts';
import { listRoutes } from './list-routes.ts';
import { removeRoute } from './remove-route.ts';
import { showRoute } from './show-route.ts';

const body = {
  name: 'Office365',
  host: 'SMTP.Example.com',
  domains: ['*.Example.com', '*'],
  user: 'u',
  password: 'pässwörd',
};
const params = { route: 'office365' };

test('a route has its queue, and its password is stored sealed and answered nowhere', async ({ scenario }) => {
  const { context, store } = scenario;
  const added = await addRoute(context, { body });
  expect(added).toMatchObject({
    ok: {
      name: 'office365',
      host: 'smtp.example.com',
      port: 587,
      tls: 'verify',
      user: 'u',
      domains: ['*.example.com', '*'],
    },
  });
  const queueId = 'ok' in added ? added.ok.queueId : 0;
  expect(await store.delivery.queue(queueId)).toMatchObject({ kind: 'route', name: 'office365' });
  const { rows } = await store.pool.query<{ password: Buffer }>('select password from routes');
  const key = context.keys.sealKey;
  expect(unseal(rows[0]?.password ?? Buffer.alloc(0), { key, purpose: UPSTREAM_PASSWORD })).toBe('pässwörd');
  expect(JSON.stringify([added, await listRoutes(context, { query: {} }), await scenario.audit()])).not.toContain(
    'pässwörd',
  );
});

test.for([
  ['body.name', { name: 'a b' }],
  ['body.host', { host: 'smtp_x' }],
  ['body.port', { port: 0 }],
  ['body.domains.0', { domains: ['example..com'] }],
  ['body.password', { password: null }],
  ['body.user', { user: null }],
  ['body.tls', { tls: 'opportunistic' as const }],
  ['body.senderRules.0', { senderRules: ['nonsense'] }],
] as const)('a route with a wrong %s is refused', async ([field, change], { scenario: { context } }) => {
  const given = { ...body, ...change, domains: [...('domains' in change ? change.domains : body.domains)] };
  const outcome = await addRoute(context, {
    body: { ...given, senderRules: 'senderRules' in change ? ['nonsense'] : [] },
  });
  expect(outcome).toMatchObject({ refused: { code: 'invalid-request', errors: [{ field }] } });
});

test('routes are listed in the order in which they are asked, by name, by kind, and by any of their hosts', async ({
  scenario: { context },
}) => {
  const more = { moreHosts: [{ host: 'spare.example.net', port: 25, preference: 10 }] };
  await addRoute(context, { body: { name: 'z', host: 'relay.example.net', domains: ['*'], ...more } });
  await addRoute(context, { body: { name: 'a', kind: 'discard', domains: ['example.com'] } });
  const names = async (query: NonNullable<Parameters<typeof listRoutes>[1]['query']>) => {
    const listed = await listRoutes(context, { query });
    return 'ok' in listed ? listed.ok.items.map(({ name }) => name).join() : '';
  };
  expect(await names({})).toBe('z,a');
  expect(await names({ sort: 'name' })).toBe('a,z');
  expect(await names({ kind: 'discard' })).toBe('a');
  expect(await names({ name: 'SPARE.' })).toBe('z');
  const first = await listRoutes(context, { query: { limit: 1 } });
  expect(await names({ cursor: ('ok' in first && first.ok.nextCursor) || '' })).toBe('a');
});

test('a route says who uses it: those that name it, and those with its tag', async ({ scenario: { context } }) => {
  await addRoute(context, {
    body: { name: 'r1', host: 'relay.example.net', domains: ['example.com'], tags: ['bulk'] },
  });
  const senderRules = ['@example.org'];
  await createCredential(context, { body: { name: 'app1', senderRules, route: 'r1' } });
  await createCredential(context, { body: { name: 'app2', senderRules, tag: 'bulk' } });
  await createCredential(context, { body: { name: 'app3', senderRules } });
  await addNetwork(context, { body: { cidr: '10.0.0.0/8', route: 'r1' } });
  const shown = await showRoute(context, { params: { route: 'r1' } });
  expect('ok' in shown && shown.ok.usedBy.map(({ kind, name, by }) => `${kind} ${name} ${by}`)).toEqual([
    'credential app1 route',
    'credential app2 tag',
    'network 10.0.0.0/8 route',
  ]);
});

test('a name is taken once', async ({ scenario: { context } }) => {
  await addRoute(context, { body });
  expect(await addRoute(context, { body: { ...body, name: 'OFFICE365' } })).toMatchObject({
    refused: { code: 'conflict' },
  });
});

test('what waits for a route that is removed is looked up anew, and so is what is held', async ({ scenario }) => {
  const { context } = scenario;
  const queueId = await added(scenario);
  await scenario.accept(['b@example.com'], { queueId });
  await scenario.attempt({ kind: 'deferred', dueAt: new Date(Date.now() + 60_000), maybeDelivered: false }, queueId);
  await scenario.accept(['c@example.com'], { queueId });
  await holdMessage(context, { params: { id: await scenario.accept(['d@example.com'], { queueId }) } });
  expect(await removeRoute(context, { params })).toEqual({ ok: undefined });
  expect(await scenario.store.admin.showQueue(1)).toMatchObject({
    counts: { queued: 1, deferred: 1, held: 1, sending: 0 },
  });
  expect(await scenario.store.admin.showQueue(queueId)).toMatchObject({
    counts: { queued: 0, deferred: 0, held: 0, sending: 0 },
  });
  expect(await scenario.store.delivery.dueQueues()).toMatchObject([{ id: 1 }]);
  expect(await showLedger(context, {})).toMatchObject({ ok: { accepted: 3, queued: 1, deferred: 1, held: 1 } });
  expect(scenario.woken).toContainEqual({ queueId: 1, lane: 0 });
});

test('a route that is being sent through is not removed', async ({ scenario }) => {
  const { context, store } = scenario;
  const queueId = await added(scenario);
  await scenario.accept(['b@example.com', 'c@example.com'], { queueId });
  await store.delivery.claim({ queueId, limit: 1, leaseMs: 60_000, inlineOctets: 0 });
  await scenario.accept(['d@example.com'], { queueId });
  expect(await removeRoute(context, { params })).toMatchObject({ refused: { code: 'conflict' } });
  expect(await store.admin.showQueue(queueId)).toMatchObject({ counts: { queued: 1 } });
  expect((await scenario.audit()).map(({ action }) => action)).toEqual(['route.add']);
});

test('a route may come back under its name, and has its old queue', async ({ scenario }) => {
  const queueId = await added(scenario);
  await removeRoute(scenario.context, { params });
  expect(await added(scenario)).toBe(queueId);
});

test('an auditor adds no route and removes none', async ({ scenario: { asAuditor } }) => {
  expect(await addRoute(asAuditor, { body })).toMatchObject({ refused: { code: 'forbidden' } });
  expect(await removeRoute(asAuditor, { params })).toMatchObject({ refused: { code: 'forbidden' } });
});

async function added({ context }: Scenario): Promise<number> {
  const outcome = await addRoute(context, { body });
  return 'ok' in outcome ? outcome.ok.queueId : expect.unreachable(outcome.refused.detail);
}
