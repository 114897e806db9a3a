import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { listTroubles } from './list-troubles.ts';
import { showVolume } from './show-volume.ts';

test('what ended is in the bar of its time, with how long it took, before and after it is added up', async ({
  scenario,
}) => {
  const { context, store } = scenario;
  await scenario.accept(['b@example.com', 'c@example.com'], { acceptedAt: new Date(Date.now() - 60_000) });
  await scenario.attempt({ kind: 'delivered' });
  const look = async () => {
    const shown = await showVolume(context, { query: { range: '1h' } });
    if (!('ok' in shown)) throw new Error('refused');
    return shown.ok;
  };
  const first = await look();
  await store.bounces.foldOutcomes();
  await store.bounces.measureDepth();
  const second = await look();
  for (const { points, total } of [first, second]) {
    expect(points).toHaveLength(60);
    expect(points.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(2);
    expect(total).toMatchObject({ delivered: 2, bounced: 0, waits: { recipients: 2 } });
    // A step is a fifth wide.
    expect(total.waits?.p95Ms).toBeGreaterThan(59_000);
    expect(total.waits?.p95Ms).toBeLessThan(75_000);
  }
  expect(second.points.at(-1)?.depth ?? second.points.at(-2)?.depth).toEqual({ recipients: 0, oldestAgeSeconds: 0 });
});

test('every range has a bar for each of its steps, up to the one that is under way', async ({
  scenario: { context },
}) => {
  for (const range of ['15m', '6h', '24h', '7d', '30d', '90d', '1y'] as const) {
    const shown = await showVolume(context, { query: { range } });
    if (!('ok' in shown)) throw new Error('refused');
    const { points, stepSeconds, until } = shown.ok;
    expect(points.length).toBeLessThanOrEqual(92);
    const last = Date.parse(points.at(-1)?.at ?? '');
    expect(Date.parse(until) - last).toBeLessThan(stepSeconds * 1000);
    expect(new Set(points.map(({ at }) => at)).size).toBe(points.length);
  }
});

test('trouble comes first, with what was heard last', async ({ scenario }) => {
  const { context } = scenario;
  await scenario.accept();
  await scenario.attempt({ kind: 'deferred', dueAt: new Date(Date.now() + 60_000), maybeDelivered: false });
  const shown = await listTroubles(context, { query: { range: '1h' } });
  expect(shown).toMatchObject({
    ok: { items: [{ queue: { name: 'unresolved' }, deferred: 1, waiting: 1, lastFailure: { reply: { code: 451 } } }] },
  });
});
