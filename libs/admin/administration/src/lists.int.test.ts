import { ROUTES, type Route } from '@postern/admin-contract';
import { expect } from 'vitest';
import { z } from 'zod';
import { listAccounts } from './account/list-accounts.ts';
import { listInvitations } from './account/list-invitations.ts';
import { revokeInvitation } from './account/revoke-invitation.ts';
import { listApiKeys } from './api-key/list-api-keys.ts';
import type { Context } from './context.ts';
import { listEvents } from './event/list-events.ts';
import { listNetworks } from './network/list-networks.ts';
import { listOperations } from './operation/list-operations.ts';
import { listDomains } from './sending-domain/list-domains.ts';
import { listSuppressions } from './suppression/list-suppressions.ts';
import { test } from './testing/scenario.ts';
import { SORTED_LISTS, type List, type Query } from './testing/sorted-lists.ts';

test('every list that the contract sorts is tried here, by each of its fields', () => {
  const sorted = Object.entries<Route>(ROUTES).flatMap(([name, { query, response }]) => {
    const sort = query?.shape['sort'];
    return response && sort instanceof z.ZodDefault ? [[name, optionsOf(sort)]] : [];
  });
  const tried = Object.entries(SORTED_LISTS).map(([name, { sorts }]) => [name, Object.keys(sorts).toSorted()]);
  expect(Object.fromEntries(tried)).toEqual(Object.fromEntries(sorted));
});

test('each list goes either way by each field that it is sorted by, page by page without a gap or a double', async ({
  scenario,
}) => {
  const { context } = scenario;
  for (const [name, { list, field, fill, sorts }] of Object.entries(SORTED_LISTS)) {
    await fill(scenario);
    for (const [sort, wanted] of Object.entries(sorts))
      for (const order of ['ascending', 'descending'] as const) {
        const read = (await all(context, list, { sort, order, limit: 2 })).map((item) => valueOf(item, field));
        const expected = order === 'ascending' ? wanted : wanted.toReversed();
        expect([name, sort, order, read.filter((each) => wanted.includes(each))]).toEqual([
          name,
          sort,
          order,
          expected,
        ]);
      }
  }
});

test('each list is narrowed to what is asked for', async ({ scenario }) => {
  const { context } = scenario;
  for (const { fill } of Object.values(SORTED_LISTS)) await fill(scenario);
  const count = async (list: List, query: Query) => (await all(context, list, query)).length;
  expect(await count(listEvents, { severity: 'critical' })).toBe(1);
  expect(await count(listEvents, { kind: 'credential' })).toBe(2);
  expect(await count(listEvents, { kind: 'credential.departure' })).toBe(1);
  expect(await count(listOperations, { kind: 'hold' })).toBe(3);
  expect(await count(listOperations, { kind: 'release' })).toBe(0);
  expect(await count(listOperations, { state: 'failed' })).toBe(0);
  expect(await count(listDomains, { name: 'B.EX' })).toBe(1);
  expect(await count(listApiKeys, { name: 'A' })).toBe(1);
  expect(await count(listAccounts, { contains: 'B@X' })).toBe(1);
  expect(await count(listAccounts, { role: 'auditor' })).toBe(3);
  expect(await count(listAccounts, { role: 'operator' })).toBe(0);
  expect(await count(listNetworks, { contains: '2001:DB8' })).toBe(1);
  expect(await count(listNetworks, { contains: '10.1.2.3' })).toBe(1);
  expect(await count(listNetworks, { contains: '10.1.0.0/16' })).toBe(1);
  expect(await count(listNetworks, { contains: '192.0.2.1' })).toBe(0);
  expect(await count(listInvitations, { contains: 'D@X' })).toBe(1);
  const [invited] = await all(context, listInvitations, { contains: 'd@x' });
  await revokeInvitation(context, { params: { id: valueOf(invited ?? {}, 'id') }, body: {} });
  expect(await count(listInvitations, { state: 'revoked' })).toBe(1);
  expect(await count(listInvitations, { state: 'open' })).toBe(2);
  expect(await count(listInvitations, { state: 'accepted' })).toBe(0);
});

test('a cursor of another order of a list is none of this one', async ({ scenario }) => {
  const { context } = scenario;
  await SORTED_LISTS['listSuppressions']?.fill(scenario);
  const first = await listSuppressions(context, { query: { sort: 'address', limit: 1 } });
  const cursor = 'ok' in first ? first.ok.nextCursor : null;
  expect(await listSuppressions(context, { query: { cursor: cursor ?? '' } })).toMatchObject({
    refused: { errors: [{ field: 'query.cursor' }] },
  });
});

async function all(context: Context, list: List, query: Query): Promise<readonly object[]> {
  const items: object[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await list(context, { query: { ...query, ...(cursor ? { cursor } : {}) } });
    if ('refused' in page) throw new Error(page.refused.detail);
    items.push(...page.ok.items);
    cursor = page.ok.nextCursor;
  }
  return items;
}

function valueOf(item: object, field: string): string {
  return String(Object.entries(item).find(([name]) => name === field)?.[1]);
}

function optionsOf(sort: z.ZodDefault): readonly unknown[] {
  const inner = sort.unwrap();
  return inner instanceof z.ZodEnum ? inner.options.toSorted() : [];
}
