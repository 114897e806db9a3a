import { describe, expect, it } from 'vitest';
import { formatCount, formatCountOf } from './count.ts';
import { formatAge, formatPer, formatStep } from './duration.ts';
import { formatInstant, formatInstantShort, isTimeZone } from './instant.ts';
import { formatOctets } from './octets.ts';

describe('counts', () => {
  it('have their thousands apart', () => expect(formatCount(1_284_410)).toBe('1,284,410'));
  it('have the singular for one only', () => {
    expect([0, 1, 2].map((count) => formatCountOf(count, 'queue', 'queues'))).toEqual([
      '0 queues',
      '1 queue',
      '2 queues',
    ]);
  });
});

describe('ages and steps', () => {
  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [999, '0 s'],
    [8_000, '8 s'],
    [60_000, '1 m'],
    [192_000, '3 m 12 s'],
    [8_040_000, '2 h 14 m'],
    [442_800_000, '5 d 3 h'],
  ])('%i ms is an age of %s', (ms, text) => expect(formatAge(ms)).toBe(text));

  it.each([
    [0.42, '0.4 ms'],
    [38.4, '38 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1284.6, '1.28 s'],
    [59_994, '59.99 s'],
    [59_999, '59 s'],
    [125_000, '2 m 5 s'],
  ])('%d ms is a step of %s', (ms, text) => expect(formatStep(ms)).toBe(text));
});

describe('steps of a chart', () => {
  it.each([
    [60_000, 'minute'],
    [3_600_000, 'hour'],
    [21_600_000, '6 hours'],
    [86_400_000, 'day'],
    [1_800_000, '30 minutes'],
  ])('%i ms is what a figure is counted per: %s', (ms, text) => expect(formatPer(ms)).toBe(text));
});

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [10_234, '10.2 kB'],
    [999_499, '999 kB'],
    [999_600, '1 MB'],
    [36_700_160, '36.7 MB'],
  ])('%i octets are %s', (octets, text) => expect(formatOctets(octets)).toBe(text));
});

describe('instants', () => {
  const at = new Date('2026-11-22T02:41:07.890Z');
  it('are told in full in the zone of the viewer', () => {
    expect(formatInstant(at, 'Europe/Vienna')).toBe('22 Nov 2026, 03:41:07 GMT+01:00');
    expect(formatInstant(at, 'UTC')).toBe('22 Nov 2026, 02:41:07 UTC');
  });
  it('are short in a table: the time today, the day before, the date in another year', () => {
    const short = (now: string) => formatInstantShort(at, 'Europe/Vienna', new Date(now));
    expect(short('2026-11-22T22:30:00Z')).toBe('03:41:07');
    expect(short('2026-11-22T23:30:00Z')).toBe('22 Nov 03:41');
    expect(short('2027-01-02T00:00:00Z')).toBe('22 Nov 2026');
  });
  it('at midnight are at 00, not at 24', () => {
    expect(formatInstant(new Date('2026-01-01T00:00:00Z'), 'UTC')).toBe('1 Jan 2026, 00:00:00 UTC');
  });
  it('know a zone from a text that is none', () => {
    expect(['Europe/Vienna', 'UTC', 'Nowhere/Land', '', '<script>'].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
