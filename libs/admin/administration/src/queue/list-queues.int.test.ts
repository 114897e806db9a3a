import { expect } from 'vitest';
import { test, type Scenario } from '../testing/scenario.ts';
import { listQueues } from './list-queues.ts';
import { showQueue } from './show-queue.ts';

test('a queue tells its counts, its age and what it last heard', async ({ scenario }) => {
  const acceptedAt = new Date(Date.now() - 3_600_000);
  await scenario.accept(['b@example.com', 'c@example.com'], { acceptedAt });
  const dueAt = new Date(Date.now() + 300_000);
  await scenario.attempt({ kind: 'deferred', dueAt, maybeDelivered: false });
  await scenario.accept(['d@example.com']);
  const outcome = await listQueues(scenario.context, { query: {} });
  expect(outcome).toMatchObject({
    ok: {
      items: [
        {
          id: 1,
          kind: 'unresolved',
          counts: { queued: 1, sending: 0, deferred: 2, held: 0 },
          oldestAcceptedAt: acceptedAt.toISOString(),
          suspended: null,
          lastAttempt: { outcome: 'deferred', host: 'mx.example.com', reply: { code: 451, text: 'said 451' } },
        },
      ],
      nextCursor: null,
    },
  });
});

test('queues in which nothing waits are shown when asked for', async ({ scenario }) => {
  expect(await ids(scenario, {})).toEqual([]);
  expect(await ids(scenario, { show: 'all' })).toEqual([1]);
});

test.for(['depth', 'oldest', 'name'] as const)(
  'every queue comes once, a page at a time, by %s',
  async (sort, { scenario }) => {
    const order = sort === 'name' ? 'ascending' : 'descending';
    const expected = await threeSites(scenario);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const outcome = await listQueues(scenario.context, {
        query: { sort, order, limit: 1, ...(cursor ? { cursor } : {}) },
      });
      if ('refused' in outcome) throw new Error(outcome.refused.detail);
      seen.push(...outcome.ok.items.map(({ id }) => id));
      cursor = outcome.ok.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(expected[sort]);
  },
);

test('queues are found by a part of their name and by their kind', async ({ scenario }) => {
  const { name } = await threeSites(scenario);
  expect(await ids(scenario, { name: 'MX2' })).toEqual([name[1]]);
  expect(await ids(scenario, { kind: 'unresolved', show: 'all' })).toEqual([1]);
});

test('a cursor of another list, of another sort, or of nobody is refused', async ({ scenario }) => {
  await threeSites(scenario);
  const first = await listQueues(scenario.context, { query: { sort: 'name', limit: 1 } });
  const cursor = 'ok' in first ? (first.ok.nextCursor ?? '') : '';
  for (const given of [cursor, 'nonsense', Buffer.from('{}').toString('base64url')]) {
    const outcome = await listQueues(scenario.context, { query: { sort: 'depth', cursor: given } });
    expect(outcome).toMatchObject({ refused: { code: 'invalid-request', errors: [{ field: 'query.cursor' }] } });
  }
});

test('a queue opened tells the domains whose mail waits in it', async ({ scenario }) => {
  await scenario.accept(['b@example.com', 'c@example.com', 'd@example.net']);
  const outcome = await showQueue(scenario.context, { params: { id: 1 } });
  expect(outcome).toMatchObject({
    ok: {
      domains: [
        { domain: 'example.com', recipients: 2 },
        { domain: 'example.net', recipients: 1 },
      ],
    },
  });
  expect(await showQueue(scenario.context, { params: { id: 999 } })).toMatchObject({ refused: { code: 'not-found' } });
});

/** Three sites: mx1 with one old recipient, mx2 with two, mx3 with three new ones. */
async function threeSites({ store, accept }: Scenario): Promise<Record<'depth' | 'oldest' | 'name', number[]>> {
  const sites: number[] = [];
  for (const [index, hours] of [3, 2, 1].entries()) {
    const domain = `example${index + 1}.com`;
    const freshUntil = new Date(Date.now() + 60_000);
    const queueId = await store.delivery.rememberSite({ domain, key: `mx${index + 1}.example`, freshUntil });
    const recipients = Array.from({ length: index + 1 }, (_, number) => `r${number}@${domain}`);
    await accept(recipients, { queueId, acceptedAt: new Date(Date.now() - hours * 3_600_000) });
    sites.push(queueId);
  }
  return { depth: sites.toReversed(), oldest: sites, name: sites };
}

async function ids(
  { context }: Scenario,
  query: Parameters<typeof listQueues>[1]['query'],
): Promise<readonly number[]> {
  const outcome = await listQueues(context, { query: query ?? {} });
  if ('refused' in outcome) throw new Error(outcome.refused.detail);
  return outcome.ok.items.map(({ id }) => id);
}
