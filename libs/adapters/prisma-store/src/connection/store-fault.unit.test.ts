import { StoreUnavailable } from '@postern/queue';
import { expect, test } from 'vitest';
import { isCollision, storeFault } from './store-fault.ts';

test.each([
  ['57P01', 'admin shutdown'],
  ['53100', 'disk full'],
  ['53300', 'too many connections'],
  ['57014', 'statement timeout'],
  ['25006', 'a server that became a replica'],
  ['ECONNREFUSED', 'nobody listens'],
  [undefined, 'Connection terminated unexpectedly'],
])('%s is a store that is not available, with its cause', (code, message) => {
  const cause = Object.assign(new Error(message), code === undefined ? {} : { code });
  const fault = storeFault(cause);
  expect(fault).toBeInstanceOf(StoreUnavailable);
  expect(fault.cause).toBe(cause);
});

test.each([
  ['23505', 'a key that is there already'],
  ['22021', 'octets that are no text'],
  ['42703', 'a column that is not there'],
])('%s is told as it is: the same would fail again', (code, message) => {
  const cause = Object.assign(new Error(message), { code });
  expect(storeFault(cause)).toBe(cause);
});

test('a deadlock and a serialization failure are collisions, nothing else is', () => {
  const codes = ['40001', '40P01', '23505', 'ECONNRESET'];
  expect(codes.map((code) => isCollision({ code }))).toEqual([true, true, false, false]);
  expect(isCollision(undefined)).toBe(false);
});
