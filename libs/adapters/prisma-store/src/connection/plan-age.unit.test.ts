import { expect, test } from 'vitest';
import { PlanAges } from './plan-age.ts';

test('plans are made anew after a quarter of a second, then after twice as long each time, then every ten minutes', () => {
  const ages = new PlanAges();
  const client = {};
  const anew: number[] = [];
  for (let ms = 0; ms < 60 * 60_000; ms += 50) if (ages.areOver(client, ms)) anew.push(ms);
  expect(anew.slice(0, 4)).toEqual([250, 750, 1_750, 3_750]);
  expect(anew.slice(-2).map((ms, index, all) => ms - (all[index - 1] ?? ms))).toEqual([0, 600_000]);
});

test('each connection has an age of its own', () => {
  const ages = new PlanAges();
  const [old, young] = [{}, {}];
  ages.areOver(old, 0);
  ages.areOver(young, 200);
  expect([ages.areOver(old, 300), ages.areOver(young, 300)]).toEqual([true, false]);
});
