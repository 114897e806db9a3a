import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { addPoolRule } from './add-pool-rule.ts';
import { addSource } from './add-source.ts';
import { listPoolRules } from './list-pool-rules.ts';
import { listSources } from './list-sources.ts';
import { removePoolRule } from './remove-pool-rule.ts';
import { removeSource } from './remove-source.ts';

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
  const added = await addPoolRule(context, { body: { pool: 'bulk', senderRule: '@News.Example.org' } });
  expect(await store.sources.poolRules()).toEqual([
    { pool: 'bulk', credentialId: undefined, senderRule: '@news.example.org', route: undefined },
  ]);
  const id = 'ok' in added ? added.ok.id : '';
  expect(await removePoolRule(context, { params: { id } })).toEqual({ ok: undefined });
  expect(await listPoolRules(context, { query: {} })).toMatchObject({ ok: { items: [] } });
});

test('an auditor adds and removes none', async ({ scenario: { asAuditor } }) => {
  expect(await addSource(asAuditor, { body })).toMatchObject({ refused: { code: 'forbidden' } });
  expect(await addPoolRule(asAuditor, { body: { pool: 'bulk' } })).toMatchObject({ refused: { code: 'forbidden' } });
});
