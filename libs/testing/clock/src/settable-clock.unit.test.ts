import { expect, test } from 'vitest';
import { settableClock } from './settable-clock.ts';

test('the clock stands still until it is moved', () => {
  const clock = settableClock('2026-05-01T12:00:00Z');
  expect(clock.now()).toEqual(clock.now());
  clock.advance(1_500);
  expect(clock.now()).toEqual(new Date('2026-05-01T12:00:01.500Z'));
  expect(clock.monotonicMs()).toBe(1_500);
});

test('setting the time of day back leaves the monotonic time alone', () => {
  const clock = settableClock('2026-05-01T12:00:00Z');
  clock.advance(10);
  clock.set('2026-04-30T00:00:00Z');
  expect(clock.now()).toEqual(new Date('2026-04-30T00:00:00Z'));
  expect(clock.monotonicMs()).toBe(10);
});

test('the clock cannot be advanced backwards, nor set to what is no time', () => {
  const clock = settableClock();
  expect(() => clock.advance(-1)).toThrow(RangeError);
  expect(() => clock.set('yesterday')).toThrow(RangeError);
});

test('a date taken from the clock does not move with it', () => {
  const clock = settableClock();
  const before = clock.now();
  clock.advance(1);
  expect(before).toEqual(new Date('2026-01-01T00:00:00Z'));
});
