import { expect, test } from 'vitest';
import { ENDED_STATES, mayMove, RECIPIENT_STATES } from './index.ts';

test('a recipient that has ended goes nowhere', () => {
  for (const ended of ENDED_STATES) for (const state of RECIPIENT_STATES) expect(mayMove(ended, state)).toBe(false);
});

test('delivered, bounced, expired, suppressed and cancelled are the ends, and no other state is', () => {
  expect(new Set(ENDED_STATES)).toEqual(new Set(['delivered', 'bounced', 'expired', 'suppressed', 'cancelled']));
});

test('only what is being sent can become delivered', () => {
  expect(RECIPIENT_STATES.filter((state) => mayMove(state, 'delivered'))).toEqual(['sending']);
});

test('what is being sent cannot be held or cancelled under the hands of its lane', () => {
  expect(mayMove('sending', 'held')).toBe(false);
  expect(mayMove('sending', 'cancelled')).toBe(false);
});
