import { parseSenderRule } from '@postern/credentials';
import { expect, test } from 'vitest';
import { chooseSigningDomain, domainsAbove } from './choose-signing-domain.ts';

const OWN = { name: 'example.org', subDomains: true };
const CLOSED = { name: 'example.org', subDomains: false };
const CHILD = { name: 'a.example.org', subDomains: false };

test.for([
  ['its own row', 'example.org', [OWN], ['@example.org'], 'example.org'],
  ['its own row before the one above', 'a.example.org', [OWN, CHILD], ['@*.example.org'], 'a.example.org'],
  ['the row above, when it says so', 'b.example.org', [OWN], ['@*.example.org'], 'example.org'],
  ['the row above, for one who may send as anyone', 'x.y.example.org', [OWN], ['*'], 'example.org'],
  ['nothing, when the row above does not say so', 'b.example.org', [CLOSED], ['@*.example.org'], undefined],
  ['nothing of a domain that the submitter has no right to', 'b.example.org', [OWN], ['@b.example.org'], undefined],
  ['nothing of a domain above for a right to one mailbox', 'b.example.org', [OWN], ['x@b.example.org'], undefined],
  ['nothing beyond a row that keeps it', 'x.a.example.org', [OWN, CHILD], ['*'], undefined],
  ['nothing of a domain that only ends alike', 'badexample.org', [OWN], ['*'], undefined],
] as const)('a message is signed for %s', ([, domain, rows, rules, expected]) => {
  const read = rules.map((rule) => parseSenderRule(rule)).filter((rule) => rule !== undefined);
  expect(chooseSigningDomain(domain, rows, read)?.name).toBe(expected);
});

test('no top-level domain is asked for', () => {
  expect(domainsAbove('a.b.example.org')).toEqual(['a.b.example.org', 'b.example.org', 'example.org']);
});
