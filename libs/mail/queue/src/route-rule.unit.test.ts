import { expect, test } from 'vitest';
import { routeFor, type RouteRule } from './index.ts';

test.each([
  ['*', 'example.com', true],
  ['example.com', 'example.com', true],
  ['example.com', 'a.example.com', false],
  ['*.example.com', 'a.example.com', true],
  ['*.example.com', 'a.b.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'badexample.com', false],
])('the domain pattern %s and the domain %s: %s', (domainPattern, domain, takes) => {
  expect(routeFor([rule({ domainPattern })], { domain, reversePath: 'a@b.example' }) !== undefined).toBe(takes);
});

test.each([
  [undefined, 'anyone@x.example', true],
  ['@b.example', 'A@B.example', true],
  ['@b.example', 'a@c.example', false],
  ['a@b.example', 'a@b.example', true],
  ['a@b.example', 'aa@b.example', false],
  ['@b.example', '', false],
  ['@*.b.example', 'a@c.b.example', true],
  ['@*.b.example', 'a@b.example', false],
  ['@*.b.example', 'a@xb.example', false],
  ['<>', '', true],
  ['<>', 'a@b.example', false],
])('the sender pattern %s and the sender %s: %s', (senderPattern, reversePath, takes) => {
  expect(routeFor([rule({ senderPattern })], { domain: 'x.example', reversePath }) !== undefined).toBe(takes);
});

test('the first route that takes a recipient is the one', () => {
  const rules = [rule({ queueId: 2, domainPattern: 'other.example' }), rule({ queueId: 3 }), rule({ queueId: 4 })];
  expect(routeFor(rules, { domain: 'x.example', reversePath: 'a@b.example' })?.queueId).toBe(3);
});

function rule(change: Partial<RouteRule>): RouteRule {
  return { queueId: 2, domainPattern: '*', senderPattern: undefined, ...change };
}
