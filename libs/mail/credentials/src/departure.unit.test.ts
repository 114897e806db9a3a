import { expect, test } from 'vitest';
import { bounceDeparture, DEFAULT_GUARD_THRESHOLDS, departures, type Hour, type Learned } from './index.ts';

const thresholds = DEFAULT_GUARD_THRESHOLDS;
const quiet: Hour = { messages: 10, recipients: 10, newDomains: 1, fromNewNetwork: 0 };
const learned: Learned = { submitterId: '1', hour: quiet, hours: 24, mostRecipients: 200, mostNewDomains: 30 };

test.each([
  ['as much as it may', { recipients: 1000 }, 0],
  ['more than five times what it ever was', { recipients: 1001 }, 1],
  ['many new domains', { newDomains: 151 }, 1],
  ['many recipients from new networks', { fromNewNetwork: 201 }, 1],
  ['all of it', { recipients: 1001, newDomains: 151, fromNewNetwork: 201 }, 3],
])('%s in an hour', (_, change, count) => {
  expect(departures({ hour: { ...quiet, ...change }, learned }, thresholds)).toHaveLength(count);
});

test('who has sent little may send up to the floor, whatever the factor', () => {
  const small = { ...learned, mostRecipients: 1 };
  expect(departures({ hour: { ...quiet, recipients: 500 }, learned: small }, thresholds)).toEqual([]);
  expect(departures({ hour: { ...quiet, recipients: 501 }, learned: small }, thresholds)).toHaveLength(1);
});

test('nothing is judged before enough was learned', () => {
  const hour = { ...quiet, recipients: 1_000_000 };
  expect(departures({ hour, learned: { ...learned, hours: 23 } }, thresholds)).toEqual([]);
});

test('bounces count when enough have ended', () => {
  expect(bounceDeparture({ submitterId: '1', ended: 99, bounced: 99 }, thresholds)).toBeUndefined();
  expect(bounceDeparture({ submitterId: '1', ended: 100, bounced: 29 }, thresholds)).toBeUndefined();
  expect(bounceDeparture({ submitterId: '1', ended: 100, bounced: 30 }, thresholds)).toMatch(/^30 %/);
  expect(
    bounceDeparture({ submitterId: '1', ended: 0, bounced: 0 }, { ...thresholds, bounceFloor: 0 }),
  ).toBeUndefined();
});
