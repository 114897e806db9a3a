import { describe, expect, it } from 'vitest';
import { stateOf, withState } from './state-term.ts';

describe('the state in a query', () => {
  it.each([
    ['state:deferred to:@example.com', 'deferred'],
    ['to:@example.com STATE:Held', 'held'],
    ['state:"bounced"', 'bounced'],
    ['to:@example.com', undefined],
    ['state:lost', undefined],
    ['subject:state:held', undefined],
    ['', undefined],
  ])('of %j is %s', (query, state) => {
    expect(stateOf(query)).toBe(state);
  });

  it.each([
    ['', 'deferred', 'state:deferred'],
    ['to:@example.com', 'held', 'state:held to:@example.com'],
    ['to:@example.com state:held since:2h', 'bounced', 'state:bounced to:@example.com since:2h'],
    ['to:@example.com state:held since:2h', undefined, 'to:@example.com since:2h'],
    ['state:held', undefined, ''],
  ] as const)('in %j becomes %s and leaves the rest', (query, state, changed) => {
    expect(withState(query, state)).toBe(changed);
  });
});
