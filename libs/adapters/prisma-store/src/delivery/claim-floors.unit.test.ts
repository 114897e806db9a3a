import { expect, test } from 'vitest';
import { ClaimFloors } from './claim-floors.ts';

const OLDEST = new Date('2026-11-22T12:00:00.000Z');

test('the first claim of a queue looks from the start, the next ones a little below what it found', () => {
  const { floors } = atTime(0);
  const first = floors.look(1);
  expect(first.from).toBe('-infinity');
  first.found(OLDEST);
  expect(floors.look(1).from).toEqual(new Date('2026-11-22T11:59:59.000Z'));
  expect(floors.look(2).from).toBe('-infinity');
});

test('after a second a claim looks from the start again', () => {
  const clock = atTime(0);
  clock.floors.look(1).found(OLDEST);
  clock.now = 999;
  expect(clock.floors.look(1).from).not.toBe('-infinity');
  clock.now = 1_000;
  expect(clock.floors.look(1).from).toBe('-infinity');
});

test('looking from the start takes at most a twentieth of the time', () => {
  const clock = atTime(0);
  const slow = clock.floors.look(1);
  clock.now = 300;
  slow.found(OLDEST);
  clock.now = 5_999;
  expect(clock.floors.look(1).from).not.toBe('-infinity');
  clock.now = 6_000;
  expect(clock.floors.look(1).from).toBe('-infinity');
});

test('a look from the start that found nothing leaves no floor, and one from a floor changes none', () => {
  const { floors } = atTime(0);
  floors.look(1).found(OLDEST);
  floors.look(1).found(undefined);
  expect(floors.look(1).from).not.toBe('-infinity');
  floors.look(2).found(undefined);
  expect(floors.look(2).from).toBe('-infinity');
});

function atTime(now: number): { now: number; readonly floors: ClaimFloors } {
  const time = { now };
  return Object.assign(time, { floors: new ClaimFloors(() => time.now) });
}
