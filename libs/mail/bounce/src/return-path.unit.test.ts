import { expect, test } from 'vitest';
import { formatReturnPath, readReturnPath } from './index.ts';

const paths = { domain: 'bounces.example.org', key: Buffer.alloc(32, 7) };
const id = '0199a000-1234-7abc-8def-0123456789ab';
const now = new Date('2026-03-04T05:06:07Z');
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const path = formatReturnPath(id, now, paths);

test('a return-path of ours is read back, in whatever case it comes', () => {
  expect(readReturnPath(path, later(3), paths)).toEqual({ kind: 'ours', messageId: id });
  expect(readReturnPath(path.toUpperCase(), later(60), paths)).toEqual({ kind: 'ours', messageId: id });
});

test('its local-part has at most 64 octets (RFC 5321 §4.5.3.1.1)', () => {
  expect(path.indexOf('@')).toBeLessThanOrEqual(64);
});

test('after sixty days it is expired', () => {
  expect(readReturnPath(path, later(61), paths)).toEqual({ kind: 'expired' });
});

test('whoever changes any letter of it has forged it', () => {
  for (let at = 2; at < path.indexOf('@') - 1; at += 1) {
    const changed = `${path.slice(0, at)}${path[at] === 'q' ? 'r' : 'q'}${path.slice(at + 1)}`;
    expect(readReturnPath(changed, now, paths)).toEqual({ kind: 'forged' });
  }
});

test('another key, another length and another domain are not ours', () => {
  expect(readReturnPath(path, now, { ...paths, key: Buffer.alloc(32, 8) })).toEqual({ kind: 'forged' });
  expect(readReturnPath(path.replace('@', 'aa@'), now, paths)).toEqual({ kind: 'forged' });
  expect(readReturnPath(path, now, { ...paths, domain: 'example.org' })).toEqual({ kind: 'other' });
  expect(readReturnPath('postmaster@bounces.example.org', now, paths)).toEqual({ kind: 'other' });
});
