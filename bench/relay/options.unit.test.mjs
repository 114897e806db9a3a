import { expect, test } from 'vitest';
import { readOptions, WrongUsage } from './options.mjs';

test('without options both peers are measured in both modes', () => {
  expect(readOptions([])).toMatchObject({
    messages: 5_000,
    sessions: 20,
    sizeOctets: 10_240,
    peers: ['postfix', 'postern'],
    modes: ['new', 'reused'],
  });
});

test('a number that is none, a peer that is unknown and an option that is unknown are refused', () => {
  for (const wrong of [
    ['--messages', 'many'],
    ['--runs', '0'],
    ['--only', 'exim'],
    ['--mode', 'both'],
    ['--fast'],
    ['relay'],
  ])
    expect(() => readOptions(wrong)).toThrow(WrongUsage);
});

test('profiling measures Postern alone', () => {
  expect(readOptions(['--profile', 'profiles']).peers).toEqual(['postern']);
  expect(() => readOptions(['--profile', 'profiles', '--only', 'postfix'])).toThrow(WrongUsage);
});
