import { expect, test } from 'vitest';
import { type Cause, DEFAULT_LIMITS as LIMITS, firstPace, lanesOf, type Pace, probes, rests } from './pace.ts';
import { type PaceEvent, RATE_LASTS_MS, react, type Seen } from './react.ts';

const cause: Cause = {
  atMs: 0,
  rule: 'too-many-connections',
  host: 'mx.example',
  reply: { from: 'remote', code: 421, enhanced: '4.7.0', text: 'Too many connections' },
};
const seen: Seen = { running: 20, deliveredLastMinute: 100 };
const wide: Pace = { ...firstPace(LIMITS), lanes: 20 };
const fewer: PaceEvent = { kind: 'fewer lanes', cause, seen };

function after(pace: Pace, events: readonly (readonly [atMs: number, event: PaceEvent])[]): Pace {
  return events.reduce((now, [atMs, event]) => react(now, LIMITS, event, atMs).pace, pace);
}

test('the lanes of a site that never refused anything double while it takes mail, up to its most', () => {
  const lanes: number[] = [];
  let pace = firstPace(LIMITS);
  for (let round = 1; round <= 4; round += 1) {
    pace = after(pace, [[round, { kind: 'delivered', count: 40 }]]);
    lanes.push(lanesOf(pace, LIMITS));
  }
  expect(lanes).toEqual([8, 16, 20, 20]);
});

test('a refusal of connections halves the lanes, says until when, and keeps the reply', () => {
  const { pace, change } = react(wide, LIMITS, fewer, 1_000);
  expect(lanesOf(pace, LIMITS)).toBe(10);
  expect(change).toEqual({ kind: 'lanes', from: 20, to: 10, untilMs: 11_000, cause });
  expect(pace.lanesCause).toBe(cause);
});

test('what is halved is the lanes that run, not those that might', () => {
  expect(lanesOf(react(wide, LIMITS, { ...fewer, seen: { ...seen, running: 6 } }, 1_000).pace, LIMITS)).toBe(3);
});

test('one refusal that several lanes hear of counts once', () => {
  expect(
    lanesOf(
      after(
        wide,
        [1_000, 1_200, 3_000].map((atMs) => [atMs, fewer] as const),
      ),
      LIMITS,
    ),
  ).toBe(10);
  expect(
    lanesOf(
      after(
        wide,
        [1_000, 7_000].map((atMs) => [atMs, fewer] as const),
      ),
      LIMITS,
    ),
  ).toBe(5);
});

test('after a refusal the lanes come back one by one, not sooner than every ten seconds', () => {
  const halved = after(wide, [[0, fewer]]);
  expect(lanesOf(after(halved, [[5_000, { kind: 'delivered', count: 500 }]]), LIMITS)).toBe(10);
  const later = [
    [10_000, { kind: 'delivered', count: 500 }],
    [11_000, { kind: 'delivered', count: 500 }],
    [20_000, { kind: 'delivered', count: 500 }],
  ] as const;
  expect(lanesOf(after(halved, later), LIMITS)).toBe(12);
});

test('a site that is not answered by any host rests, twice as long each time, then one message finds out', () => {
  const none: PaceEvent = { kind: 'no answer', cause, seen: { running: 1, deliveredLastMinute: 0 } };
  const first = react(wide, LIMITS, none, 0);
  expect(first.change).toMatchObject({ kind: 'rest', untilMs: 5_000 });
  expect([rests(first.pace, 4_999), rests(first.pace, 5_000), probes(first.pace, 5_000)]).toEqual([true, false, true]);
  expect(lanesOf(first.pace, LIMITS)).toBe(1);
  const second = react(first.pace, LIMITS, none, 5_000);
  expect(second.change).toMatchObject({ untilMs: 15_000 });
  const { pace, change } = react(second.pace, LIMITS, { kind: 'delivered', count: 1 }, 15_000);
  expect(change).toMatchObject({ kind: 'answers' });
  expect([lanesOf(pace, LIMITS), probes(pace, 15_000)]).toEqual([4, false]);
});

test('lanes that hear nothing while the site rests already do not prolong the rest', () => {
  const none: PaceEvent = { kind: 'no answer', cause, seen: { running: 1, deliveredLastMinute: 0 } };
  const resting = after(wide, [[0, none]]);
  expect(react(resting, LIMITS, none, 4_000)).toEqual({ pace: resting, change: undefined });
});

test('a rest never lasts longer than a quarter of an hour, however long a site was away', () => {
  const none: PaceEvent = { kind: 'no answer', cause, seen: { running: 1, deliveredLastMinute: 0 } };
  const away: Pace = { ...wide, unanswered: 500 };
  expect(react(away, LIMITS, none, 0).change?.untilMs).toBe(15 * 60_000);
});

test('no answer to one lane while others deliver takes lanes away and lets the site go on', () => {
  const { pace, change } = react(wide, LIMITS, { kind: 'no answer', cause, seen }, 0);
  expect(change?.kind).toBe('lanes');
  expect(rests(pace, 0)).toBe(false);
});

test('a refusal with the fewest lanes that there can be is a rest', () => {
  const one: Pace = { ...wide, lanes: 1 };
  expect(react(one, LIMITS, fewer, 0).change?.kind).toBe('rest');
});

test('a rate reply halves what was delivered in the last minute, and is lifted after an hour without another', () => {
  const slow = react(wide, LIMITS, { kind: 'slower', cause, seen }, 0);
  expect(slow.change).toEqual({ kind: 'rate', from: undefined, to: 50, untilMs: RATE_LASTS_MS, cause });
  const later = react(slow.pace, LIMITS, { kind: 'delivered', count: 1 }, RATE_LASTS_MS);
  expect(later.pace.ratePerMinute).toBeUndefined();
});

test('the rate never falls below its floor, and a reply at the floor is a rest', () => {
  const floor = react(wide, LIMITS, { kind: 'slower', cause, seen: { running: 1, deliveredLastMinute: 0 } }, 0);
  expect(floor.pace.ratePerMinute).toBe(6);
  expect(react(floor.pace, LIMITS, { kind: 'slower', cause, seen }, 6_000).change?.kind).toBe('rest');
});
