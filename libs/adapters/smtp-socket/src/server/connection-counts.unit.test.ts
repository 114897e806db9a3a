import { expect, it } from 'vitest';
import { ConnectionCounts } from './connection-counts.ts';

it('counts together and by origin, and forgets who has left', () => {
  const counts = new ConnectionCounts({ maxConnections: 3, maxConnectionsPerAddress: 2 });
  expect([counts.enter('192.0.2.1'), counts.enter('192.0.2.1'), counts.enter('192.0.2.1')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([counts.enter('192.0.2.2'), counts.enter('192.0.2.3')]).toEqual([true, false]);
  counts.leave('192.0.2.1');
  expect([counts.total, counts.enter('192.0.2.3')]).toEqual([2, true]);
});

it('an IPv6 network of 64 bits is one origin', () => {
  const counts = new ConnectionCounts({ maxConnections: 10, maxConnectionsPerAddress: 1 });
  expect(counts.enter('2001:db8::1')).toBe(true);
  expect(counts.enter('2001:db8:0:0:ffff::2')).toBe(false);
  expect(counts.enter('2001:db8:0:1::1')).toBe(true);
});

it('is stressed from four fifths on', () => {
  const counts = new ConnectionCounts({ maxConnections: 5, maxConnectionsPerAddress: 5 });
  for (let count = 0; count < 3; count++) counts.enter('192.0.2.1');
  expect(counts.isStressed).toBe(false);
  counts.enter('192.0.2.1');
  expect(counts.isStressed).toBe(true);
});
