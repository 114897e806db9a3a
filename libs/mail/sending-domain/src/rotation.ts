import type { DkimAlgorithm } from '@postern/dkim';
import type { DkimKey, DkimKeyState, SendingDomain } from './sending-domain.ts';

type Times = Pick<SendingDomain, 'settleSeconds' | 'retainSeconds' | 'rotateDays'>;

/** What the world sees of a key's record; `unknown` when it could not be asked. */
export type Sight = 'seen' | 'missing' | 'unknown';

/** One step of a rotation. A key moves only from the state that it was in when the step was decided. */
export type RotationStep =
  | { readonly kind: 'noted'; readonly key: DkimKey; readonly seen: boolean }
  | { readonly kind: 'moved'; readonly key: DkimKey; readonly to: DkimKeyState }
  /** The key is old: a new one of its algorithm is to be made. */
  | { readonly kind: 'due'; readonly algorithm: DkimAlgorithm };

const DAY_MS = 86_400_000;

/**
 * The steps that are due now: publish, wait until the world sees it, sign, retire, revoke.
 *
 * A key that has been seen for the settling time signs, and in the same step the one before it of its algorithm stops: at no
 * time is none signing, nor one whose record was not there. What was not asked changes nothing.
 */
export function rotationSteps(
  domain: Times & { readonly keys: readonly DkimKey[] },
  { now, sight }: { readonly now: Date; readonly sight: (key: DkimKey) => Sight },
): readonly RotationStep[] {
  return domain.keys.flatMap((key): readonly RotationStep[] => {
    switch (key.state) {
      case 'pending':
        return pendingSteps(key, { domain, now, sight: sight(key) });
      case 'active':
        return isOld(key, { domain, now }) ? [{ kind: 'due', algorithm: key.algorithm }] : [];
      case 'retired':
        return now >= plus(key.retiredAt, domain.retainSeconds) ? [{ kind: 'moved', key, to: 'revoked' }] : [];
      case 'revoked':
        return [];
    }
  });
}

/** The active keys that stop when a key begins to sign. */
export function replacedBy(key: DkimKey, keys: readonly DkimKey[]): readonly DkimKey[] {
  return keys.filter(({ id, state, algorithm }) => id !== key.id && state === 'active' && algorithm === key.algorithm);
}

/** What happens to a key next, in words; undefined when nothing does. */
export function nextStep(key: DkimKey, domain: Times): string | undefined {
  switch (key.state) {
    case 'pending':
      return key.seenAt
        ? `seen since ${shown(key.seenAt)}; signs from ${shown(plus(key.seenAt, domain.settleSeconds))}`
        : 'publish its record; it signs once the world has seen it for a while';
    case 'active':
      return domain.rotateDays === undefined
        ? undefined
        : `a new key is made from ${shown(plus(key.activatedAt, domain.rotateDays * 86_400))}`;
    case 'retired':
      return `keep its record until ${shown(plus(key.retiredAt, domain.retainSeconds))}: mail that it signed is on its way`;
    case 'revoked':
      return 'empty its record (p=), then remove it';
  }
}

function pendingSteps(
  key: DkimKey,
  { domain, now, sight }: { readonly domain: Times; readonly now: Date; readonly sight: Sight },
): readonly RotationStep[] {
  if (sight === 'unknown') return [];
  if (sight === 'missing') return key.seenAt ? [{ kind: 'noted', key, seen: false }] : [];
  if (!key.seenAt && domain.settleSeconds > 0) return [{ kind: 'noted', key, seen: true }];
  return now >= plus(key.seenAt ?? now, domain.settleSeconds) ? [{ kind: 'moved', key, to: 'active' }] : [];
}

function isOld(
  key: DkimKey,
  { domain, now }: { readonly domain: Times & { keys: readonly DkimKey[] }; now: Date },
): boolean {
  if (domain.rotateDays === undefined || !key.activatedAt) return false;
  const others = domain.keys.filter(({ algorithm, id }) => algorithm === key.algorithm && id !== key.id);
  if (others.some(({ state }) => state === 'pending')) return false;
  return now.getTime() >= key.activatedAt.getTime() + domain.rotateDays * DAY_MS;
}

function plus(at: Date | undefined, seconds: number): Date {
  return new Date((at?.getTime() ?? 0) + seconds * 1000);
}

function shown(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
