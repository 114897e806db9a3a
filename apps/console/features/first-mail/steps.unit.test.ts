import type { CheckLine, DomainCheck } from '@postern/admin-contract';
import { describe, expect, it } from 'vitest';
import { allows, isSeen, senderIn, statesOf } from './steps.ts';

describe('the way to the first mail', () => {
  it('begins with a domain', () => {
    const way = { domain: undefined, credential: undefined, message: undefined, messageCheck: undefined };
    expect(statesOf(way)).toEqual({
      domain: 'now',
      records: 'later',
      credential: 'later',
      send: 'later',
      delivered: 'later',
    });
  });

  it('sees the records when keys, SPF and DMARC are there, whatever else is missing', () => {
    expect(isSeen(check(['dkim:a', 'pass'], ['spf', 'pass'], ['dmarc', 'warn'], ['fcrdns:192.0.2.1', 'fail']))).toBe(
      true,
    );
    expect(isSeen(check(['dkim:a', 'pass'], ['spf', 'fail'], ['dmarc', 'pass']))).toBe(false);
    expect(isSeen(check(['dkim:a', 'unknown'], ['spf', 'pass'], ['dmarc', 'pass']))).toBe(false);
    expect(isSeen(check(['dkim:a', 'pass'], ['dmarc:alignment', 'fail']))).toBe(true);
    expect(isSeen(check(['mx', 'pass']))).toBe(false);
    expect(isSeen(null)).toBe(false);
  });

  it('knows which rules are for a domain', () => {
    const rules = [
      '*',
      '@example.org',
      'a@example.org',
      '@*.example.org',
      '@*.org',
      '@b.example.org',
      '<>',
      '@ample.org',
    ];
    expect(rules.map((rule) => allows(rule, 'example.org'))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(senderIn('example.org', ['@b.example', 'a@example.org'])).toBe('a@example.org');
    expect(senderIn('example.org', ['*'])).toBe('hello@example.org');
  });
});

function check(...lines: readonly (readonly [string, CheckLine['status']])[]): DomainCheck {
  const known = { about: '', found: '', effect: null, remedy: null };
  return {
    checkedAt: '2026-11-22T00:00:00.000Z',
    status: 'pass',
    lines: lines.map(([id, status]) => ({ id, status, ...known })),
  };
}
