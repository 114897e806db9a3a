import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';

/** Lists that are answered whole, each with what bounds it. */
const WHOLE: Readonly<Record<string, string>> = {
  queueTrends: 'those that were asked for, at most 200',
  credentialTrends: 'those that were asked for, at most 200',
  networkTrends: 'those that were asked for, at most 200',
  listTroubles: 'those with the most trouble, as many as `limit` says',
  listSavedViews: 'the searches that one person saved: no more are taken than MOST_SAVED_VIEWS',
  listIdentities: 'the identities of one credential: no more are taken than MOST_IDENTITIES',
  listTlsResults: 'sums by day and destination, at most 2,000',
  listRetryPlans: 'plans that were set by hand: no more are taken than MOST_RETRY_PLANS',
  bounceRates: 'sums by one key, at most 1,000',
  bounceHistory: 'sums by one key, as many as `limit` says',
};

/** By what each list is sorted: only by what an index leads through in order. */
const SORTED: Readonly<Record<string, readonly string[]>> = {
  findMessages: ['accepted'],
  listQueues: ['depth', 'oldest', 'name'],
  listSuspensions: ['since'],
  listOperations: ['created'],
  listCredentials: ['name', 'created'],
  listEvents: ['at'],
  listAudit: ['at'],
  listSuppressions: ['created', 'address'],
  listReturnedReports: ['received'],
  listDomains: ['name'],
  // Networks, routes and sources are few, and made by hand.
  listNetworks: ['cidr', 'created'],
  listRoutes: ['position', 'name'],
  listSources: ['name', 'pool'],
  listAccounts: ['email'],
  listApiKeys: ['name', 'created'],
  listInvitations: ['created'],
};

/** Pages of lists that are not sorted, not narrowed or not exported, each with why. */
const LESS: Readonly<Record<string, string>> = {
  listRecipients: 'those of one message, in the order in which it names them',
  listAttempts: 'those of one message, in the order in which they were made, or of one of its recipients',
  listTlsRules: 'made by hand, for a few domains',
  listTlsReportsSent: 'one a day and domain; the reports themselves are files',
  listTlsReportsReceived: 'one a day and reporter; the reports themselves are files',
  listBounceRules: 'versions, each of which took the place of the one before',
  listPoolRules: 'asked one after the other: their order is what they mean',
};

const lists = Object.entries<Route>(ROUTES).filter(([, route]) => isList(route));
const shapeOf = (route: Route): Readonly<Record<string, z.ZodType>> => route.query?.shape ?? {};

test('every list is answered in pages behind a cursor, but for those that are bounded otherwise', () => {
  const unpaged = lists.filter(([, route]) => !('cursor' in shapeOf(route) && 'limit' in shapeOf(route)));
  expect(unpaged.map(([name]) => name).sort()).toEqual(Object.keys(WHOLE).sort());
});

test('a list that has pages says where the next begins', () => {
  const paged = lists.filter(([, route]) => 'cursor' in shapeOf(route));
  const silent = paged.filter(
    ([, { response }]) => !(response instanceof z.ZodObject && 'nextCursor' in response.shape),
  );
  expect(silent.map(([name]) => name)).toEqual([]);
});

test('lists are sorted by what an index leads through, and by nothing else', () => {
  const sorts = lists.flatMap(([name, route]) => {
    const sort = shapeOf(route)['sort'];
    return sort instanceof z.ZodDefault && sort.unwrap() instanceof z.ZodEnum ? [[name, optionsOf(sort)]] : [];
  });
  expect(Object.fromEntries(sorts)).toEqual(SORTED);
});

test('every list that has pages is sorted, narrowed and exported, but for those that say why not', () => {
  const exported = Object.values<Route>(ROUTES).flatMap(({ produces, path }) =>
    produces === 'text/csv' ? [path] : [],
  );
  const less = lists.filter(([, route]) => {
    const { cursor, limit: _limit, sort, order, ...filters } = shapeOf(route);
    return cursor && !(sort && order && Object.keys(filters).length > 0 && exported.includes(`${route.path}.csv`));
  });
  expect(less.map(([name]) => name).sort()).toEqual(Object.keys(LESS).sort());
});

test('each list as CSV takes the filters and the order of its list, and no page of it', () => {
  const exported = Object.entries<Route>(ROUTES).filter(([, { produces }]) => produces === 'text/csv');
  expect(exported.length).toBeGreaterThan(7);
  for (const [name, route] of exported) {
    const list = lists.find(([, each]) => `${each.path}.csv` === route.path)?.[1];
    if (!list) expect(name).toBe('exportBounces');
    const wanted = Object.keys(list ? shapeOf(list) : {}).filter((each) => !['cursor', 'limit'].includes(each));
    expect(Object.keys(shapeOf(route)), name).toEqual(list ? wanted : Object.keys(shapeOf(route)));
    expect(Object.keys(shapeOf(route)), name).not.toContain('cursor');
  }
});

function isList({ method, response }: Route): boolean {
  return method === 'GET' && response instanceof z.ZodObject && 'items' in response.shape;
}

function optionsOf(sort: z.ZodDefault): readonly unknown[] {
  const inner = sort.unwrap();
  return inner instanceof z.ZodEnum ? inner.options : [];
}
