import { expect } from 'vitest';
import { createCredential } from '../credential/create-credential.ts';
import { test } from '../testing/scenario.ts';
import { addPoolRule } from './add-pool-rule.ts';
import { addSource } from './add-source.ts';
import { listPoolRules } from './list-pool-rules.ts';
import { listSources } from './list-sources.ts';
import { removePoolRule } from './remove-pool-rule.ts';
import { removeSource } from './remove-source.ts';
import { showSource } from './show-source.ts';
import { updateSource } from './update-source.ts';

const body = { name: 'a', addresses: ['192.0.2.1', '2001:DB8::1'], ehloName: 'Out1.Example.org' };

test('a source is added in canonical form, shown with what it may send today, and removed by its name', async ({
  scenario,
}) => {
  const { context, store } = scenario;
  const added = await addSource(context, { body: { ...body, pool: 'bulk', weight: 3, warmUp: [50, 100] } });
  const source = { addresses: ['192.0.2.1', '2001:db8::1'], ehloName: 'out1.example.org', pool: 'bulk' };
  expect(added).toMatchObject({ ok: { ...source, weight: 3, todayPerSite: 50, missing: [] } });
  const id = 'ok' in added ? added.ok.id : '';
  expect(await store.sources.sources()).toMatchObject([{ ...source, warmUp: [50, 100] }]);
  await store.sources.report({ sourceId: id, machine: 'mta2', missing: ['192.0.2.1'] });
  expect(await listSources(context, { query: {} })).toMatchObject({
    ok: { items: [{ missing: [{ machine: 'mta2', addresses: ['192.0.2.1'] }] }] },
  });
  expect(await addSource(context, { body })).toMatchObject({ refused: { code: 'conflict' } });
  expect(await removeSource(context, { params: { source: 'a' } })).toEqual({ ok: undefined });
  expect(await removeSource(context, { params: { source: 'a' } })).toMatchObject({ refused: { code: 'not-found' } });
  expect((await scenario.audit()).map(({ action }) => action)).toEqual(['source.add', 'source.remove']);
});

test('a source is changed: what is not given stays, and a new address warms up from today', async ({ scenario }) => {
  const { context, store } = scenario;
  const params = { source: 'a' };
  const added = await addSource(context, { body: { ...body, warmUp: [50, 100] } });
  const id = 'ok' in added ? added.ok.id : '';
  await store.pool.query("update sources set warm_up_since = now() - interval '40 hours'");
  await store.sources.report({ sourceId: id, machine: 'mta2', missing: ['192.0.2.1', '2001:db8::1'] });
  const heavier = await updateSource(context, { params, body: { weight: 5, pool: 'bulk', reason: 'a larger line' } });
  const stays = { addresses: ['192.0.2.1', '2001:db8::1'], ehloName: 'out1.example.org' };
  expect(heavier).toMatchObject({ ok: { id, ...stays, weight: 5, pool: 'bulk' } });
  expect('ok' in heavier && heavier.ok.todayPerSite).not.toBe(50);
  const moved = await updateSource(context, { params, body: { addresses: ['192.0.2.7', '2001:DB8::1'] } });
  expect(moved).toMatchObject({
    ok: { todayPerSite: 50, missing: [{ machine: 'mta2', addresses: ['2001:db8::1'] }] },
  });
  expect(await store.sources.sources()).toMatchObject([{ addresses: ['192.0.2.7', '2001:db8::1'], weight: 5 }]);
  expect(await showSource(context, { params })).toEqual(moved);
  expect(await updateSource(context, { params, body: { ehloName: 'a b' } })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field: 'body.ehloName' }] },
  });
  expect(await updateSource(context, { params: { source: 'b' }, body: {} })).toMatchObject({
    refused: { code: 'not-found' },
  });
  const told = (await scenario.audit()).filter(({ action }) => action === 'source.update');
  expect(told.map(({ reason }) => reason)).toEqual(['a larger line', undefined]);
});

test('sources are found by what they are called, by address and by pool, and listed by pool a page at a time', async ({
  scenario: { context },
}) => {
  const at = (name: string, pool: string, address: string) =>
    addSource(context, { body: { ...body, name, pool, addresses: [address] } });
  await at('a', 'mail', '192.0.2.1');
  await at('b', 'bulk', '192.0.2.2');
  await at('c', 'bulk', '198.51.100.3');
  const names = async (query: NonNullable<Parameters<typeof listSources>[1]['query']>) => {
    const listed = await listSources(context, { query });
    return 'ok' in listed ? [listed.ok.items.map(({ name }) => name).join(), listed.ok.nextCursor] : [];
  };
  expect(await names({ name: '198.51' })).toEqual(['c', null]);
  expect(await names({ name: 'OUT1.example', pool: 'mail' })).toEqual(['a', null]);
  const [first, cursor] = await names({ sort: 'pool', limit: 2 });
  expect(first).toBe('b,c');
  expect(await names({ sort: 'pool', limit: 2, cursor: cursor ?? '' })).toEqual(['a', null]);
});

test.for([
  [{ ...body, addresses: ['192.0.2.1', '192.0.2.2'] }, 'body.addresses'],
  [{ ...body, addresses: ['out1.example.org'] }, 'body.addresses.0'],
  [{ ...body, ehloName: 'a b' }, 'body.ehloName'],
] as const)('what is no source is refused', async ([wrong, field], { scenario: { context } }) => {
  expect(await addSource(context, { body: { ...wrong, addresses: [...wrong.addresses] } })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field }] },
  });
});

test('a day of a source is counted for all processes together, and never exceeded', async ({ scenario: { store } }) => {
  const about = { sourceId: '01890000-0000-7000-8000-000000000001', queueId: 1, want: 7, limit: 50 };
  const granted = await Promise.all(Array.from({ length: 10 }, () => store.sources.reserve(about)));
  expect(granted.reduce((sum, each) => sum + each, 0)).toBe(50);
  expect(await store.sources.reserve({ ...about, queueId: 2 })).toBe(7);
});

test('a rule says whose mail leaves from a pool, and only of those that are there', async ({ scenario }) => {
  const { context, store } = scenario;
  expect(await addPoolRule(context, { body: { pool: 'bulk', credential: 'nobody' } })).toMatchObject({
    refused: { code: 'not-found' },
  });
  const rule = { pool: 'bulk', senderRule: '@News.Example.org' };
  // A pool without sources keeps mail back: a slip of the pen is told, not done.
  expect(await addPoolRule(context, { body: rule })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field: 'body.pool' }] },
  });
  await addSource(context, { body: { ...body, pool: 'bulk' } });
  const added = await addPoolRule(context, { body: rule });
  expect(await store.sources.poolRules()).toEqual([
    { pool: 'bulk', credentialId: undefined, senderRule: '@news.example.org', route: undefined },
  ]);
  await createCredential(context, { body: { name: 'shop', senderRules: ['@shop.example'] } });
  const named = { pool: 'bulk', credential: 'shop' };
  expect(await addPoolRule(context, { body: named })).toMatchObject({ ok: named });
  const id = 'ok' in added ? added.ok.id : '';
  expect(await removePoolRule(context, { params: { id } })).toEqual({ ok: undefined });
  expect(await listPoolRules(context, { query: {} })).toMatchObject({ ok: { items: [named] } });
});

test('a rule about mail that a rule is about already is refused, and names it; of two at once there is one', async ({
  scenario,
}) => {
  const { context, store } = scenario;
  for (const pool of ['bulk', 'mail']) {
    const address = pool === 'bulk' ? '192.0.2.1' : '192.0.2.2';
    await addSource(context, { body: { ...body, name: pool, pool, addresses: [address] } });
  }
  const about = { senderRule: '@news.example.org' };
  const twice = await Promise.all([1, 2].map(() => addPoolRule(context, { body: { pool: 'bulk', ...about } })));
  const [rule] = twice.flatMap((each) => ('ok' in each ? [each.ok] : []));
  expect(await addPoolRule(context, { body: { pool: 'mail', ...about } })).toEqual({
    refused: {
      code: 'conflict',
      detail: `That mail leaves from the pool bulk already: remove the rule ${rule?.id} first`,
    },
  });
  expect(await addPoolRule(context, { body: { pool: 'mail', ...about, route: null } })).toHaveProperty('refused');
  expect(await store.sources.poolRules()).toHaveLength(1);
  expect((await scenario.audit()).filter(({ action }) => action === 'pool-rule.add')).toHaveLength(1);
});

test('an auditor adds and removes none', async ({ scenario: { asAuditor } }) => {
  expect(await updateSource(asAuditor, { params: { source: 'a' }, body: {} })).toMatchObject({
    refused: { code: 'forbidden' },
  });
  expect(await addSource(asAuditor, { body })).toMatchObject({ refused: { code: 'forbidden' } });
  expect(await addPoolRule(asAuditor, { body: { pool: 'bulk' } })).toMatchObject({ refused: { code: 'forbidden' } });
});
