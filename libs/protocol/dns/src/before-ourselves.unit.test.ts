import { expect, test } from 'vitest';
import { beforeOurselves } from './before-ourselves.ts';

const hosts = [
  { name: 'a.example', preference: 10 },
  { name: 'us.example', preference: 20 },
  { name: 'b.example', preference: 20 },
  { name: 'c.example', preference: 30 },
];

test('a domain that we do not serve keeps its hosts', () => {
  expect(beforeOurselves(hosts, ['other.example'])).toEqual(hosts);
});

test('of a domain that we serve, only the hosts that are better than we are remain', () => {
  expect(beforeOurselves(hosts, ['US.example.'])).toEqual([hosts[0]]);
});

test('a domain that we serve best leaves nobody', () => {
  expect(beforeOurselves(hosts, ['a.example'])).toEqual([]);
});
