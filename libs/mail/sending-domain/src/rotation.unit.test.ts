import { expect, test } from 'vitest';
import { rotationSteps, type Sight } from './rotation.ts';
import type { DkimKey } from './sending-domain.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const DOMAIN = { settleSeconds: 3600, retainSeconds: 604_800, rotateDays: 90 };

function key(change: Partial<DkimKey>): DkimKey {
  return {
    id: '1',
    selector: 's',
    algorithm: 'rsa-sha256',
    bits: 2048,
    state: 'pending',
    publicKey: 'p',
    createdAt: ago(100_000),
    seenAt: undefined,
    activatedAt: undefined,
    retiredAt: undefined,
    revokedAt: undefined,
    ...change,
  };
}

function ago(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

test.for([
  ['is noted when the world sees it', key({}), 'seen', [{ kind: 'noted', seen: true }]],
  ['waits while it settles', key({ seenAt: ago(3599) }), 'seen', []],
  ['signs when it has settled', key({ seenAt: ago(3600) }), 'seen', [{ kind: 'moved', to: 'active' }]],
  ['begins anew when it is gone', key({ seenAt: ago(3599) }), 'missing', [{ kind: 'noted', seen: false }]],
  [
    'does not sign when it was gone at the end',
    key({ seenAt: ago(9999) }),
    'missing',
    [{ kind: 'noted', seen: false }],
  ],
  ['stays as it is when nobody knows', key({ seenAt: ago(9999) }), 'unknown', []],
] as const)('a pending key %s', ([, pending, sight, steps]) => {
  expect(stepsOf([pending], sight)).toMatchObject(steps);
});

test('a pending key signs as soon as it is seen where nothing is to settle', () => {
  const domain = { ...DOMAIN, settleSeconds: 0, keys: [key({})] };
  expect(rotationSteps(domain, { now: NOW, sight: () => 'seen' })).toMatchObject([{ kind: 'moved', to: 'active' }]);
});

test('a retired key is revoked when no mail that it signed can be on its way', () => {
  expect(stepsOf([key({ state: 'retired', retiredAt: ago(604_799) })])).toEqual([]);
  expect(stepsOf([key({ state: 'retired', retiredAt: ago(604_800) })])).toMatchObject([
    { kind: 'moved', to: 'revoked' },
  ]);
});

test('an active key that is old asks for a new one, once', () => {
  const old = key({ state: 'active', activatedAt: ago(90 * 86_400) });
  expect(stepsOf([old])).toEqual([{ kind: 'due', algorithm: 'rsa-sha256' }]);
  expect(stepsOf([old, key({ id: '2' })], 'missing')).toEqual([]);
});

function stepsOf(keys: readonly DkimKey[], sight: Sight = 'seen') {
  return rotationSteps({ ...DOMAIN, keys }, { now: NOW, sight: () => sight });
}
