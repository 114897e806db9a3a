import { cpuMsOf } from '@postern/clock';
import { expect, test } from 'vitest';
import { readMessageQuery } from './message-query.ts';

const now = new Date('2026-01-31T12:00:00Z');
const id = '0199a000-0000-7000-8000-000000000009';

test.each([
  ['', []],
  [
    '  state:deferred   to:@Example.com ',
    [
      { field: 'state', state: 'deferred' },
      { field: 'to', match: { kind: 'domain', domain: 'example.com' } },
    ],
  ],
  ['STATE:Held', [{ field: 'state', state: 'held' }]],
  ['to:Bob+x@BÜCHER.example', [{ field: 'to', match: { kind: 'mailbox', mailbox: 'Bob+x@xn--bcher-kva.example' } }]],
  ['from:<>', [{ field: 'from', match: { kind: 'null' } }]],
  ['since:2h', [{ field: 'since', at: new Date('2026-01-31T10:00:00Z') }]],
  ['after:2h', [{ field: 'since', at: new Date('2026-01-31T10:00:00Z') }]],
  ['site:MX.example.com', [{ field: 'site', site: 'mx.example.com' }]],
  ['network:10.0.0.0/8', [{ field: 'network', cidr: '10.0.0.0/8' }]],
  ['network:2001:DB8::/32', [{ field: 'network', cidr: '2001:db8::/32' }]],
  ['code:550', [{ field: 'code', match: { kind: 'code', from: 550, to: 550 } }]],
  ['code:4xx', [{ field: 'code', match: { kind: 'code', from: 400, to: 499 } }]],
  ['code:5.7', [{ field: 'code', match: { kind: 'enhanced', prefix: '5.7' } }]],
  ['before:2026-01-30', [{ field: 'before', at: new Date('2026-01-30T00:00:00Z') }]],
  ['since:2026-01-30T08:00:00+02:00', [{ field: 'since', at: new Date('2026-01-30T06:00:00Z') }]],
  ['subject:"quarterly report"', [{ field: 'subject', text: 'quarterly report' }]],
  [
    '"quarterly report" paid',
    [
      { field: 'subject', text: 'quarterly report' },
      { field: 'subject', text: 'paid' },
    ],
  ],
  [id.toUpperCase(), [{ field: 'id', id }]],
  ['a@example.org', [{ field: 'to', match: { kind: 'mailbox', mailbox: 'a@example.org' } }]],
  ['a@b@c', [{ field: 'subject', text: 'a@b@c' }]],
])('%s', (text, conditions) => {
  expect(readMessageQuery(text, now)).toEqual({ ok: conditions });
});

test.each([
  ['state:lost', /^state: expected one of queued/],
  ['stat:deferred', /^stat: no such term; expected one of id, state/],
  ['to:example.com', /^to: expected an address/],
  ['id:7', /is no message id \(at character 1: id:7\)$/],
  ['state:held  code:abc', /^code: expected a reply code .* \(at character 13: code:abc\)$/],
  ['state: held', /^a value is missing \(at character 1: state:\)$/],
  ["to:x'); drop table recipients;--", /^to: expected an address/],
  ['since:yesterday', /^since: expected a time/],
  ['since:2026-02-31T99:99:99Z', /^since: expected a time/],
  ['client:localhost', /^client: expected an IP address/],
  ['subject:"open', /^a double quote is not closed \(at character 1: subject:\)$/],
  ['subject:""', /^subject: expected/],
  [Array.from({ length: 21 }, (_, n) => `w${n}`).join(' '), /^at most 20 terms$/],
])('%s is refused, and it is told why', (text, fault) => {
  expect(readMessageQuery(text, now)).toEqual({ fault: expect.stringMatching(fault) });
});

test('a query of a megabyte is read in no time', () => {
  const queries = ['"'.repeat(1e6), ' '.repeat(1e6), 'a:'.repeat(5e5), 'a'.repeat(1e6)];
  expect(cpuMsOf(() => queries.forEach((text) => readMessageQuery(text, now)))).toBeLessThan(1_000);
});
