import { setTimeout as pause } from 'node:timers/promises';
import type { ReleasedMail } from '@postern/admin-contract';
import type { Context } from '../context.ts';
import { conflict, done, type Outcome } from '../outcome.ts';

export interface Release {
  readonly kind: 'credential' | 'network';
  readonly id: string;
  readonly name: string;
  /** Since when its new mail is held; null: it is not. */
  readonly heldSince: string | null;
  readonly reason: string | undefined;
  /** Whether the mail that was held goes on, or stays held. */
  readonly mail: 'release' | 'keep';
}

/** Recipients of one transaction. */
const BATCH = 2_000;
/** So much later every listener has heard of it. */
const LAST_HELD_MS = 1_200;

/**
 * Says that what a submitter sends is as it should be: new mail is held no more, what was held goes on, and the abuse guard
 * has learned that it may send as much.
 */
export async function releaseSubmitter(context: Context, release: Release): Promise<Outcome<ReleasedMail>> {
  const { store, actor } = context;
  const { kind, id, name, heldSince, reason, mail } = release;
  if (heldSince === null) return conflict('Its new mail is not held');
  const released = await store.change(async (changes) => {
    if (!(await changes.releaseSubmitter(kind, id))) return false;
    for (const event of [`${kind}.departure`, 'bounces.high', 'complaints.high'])
      await changes.resolveEventsOf({ kind: event, subjectId: id, by: actor.name });
    const subject = { subjectId: id, subjectName: name };
    await changes.audit({ actor, action: `${kind}.release`, ...subject, reason, facts: { heldSince, mail } });
    return true;
  });
  if (!released) return conflict('It was released by somebody else at the same moment');
  if (mail === 'keep') return done({ recipients: 0 });
  // Messages that were being held while the listeners had not heard of it are found by a last look.
  const first = await releaseAll(context, release);
  await pause(LAST_HELD_MS);
  return done({ recipients: first + (await releaseAll(context, release)) });
}

async function releaseAll({ store, actor, alarmClock }: Context, release: Release): Promise<number> {
  const { id, name, reason } = release;
  const since = new Date(new Date(release.heldSince ?? 0).getTime() - SKEW_MS);
  let all = 0;
  for (;;) {
    const moved = await store.change(async (changes) => {
      const result = await changes.releaseMailOf(id, { since, most: BATCH });
      const facts = { recipients: result.recipients };
      const subject = { subjectId: id, subjectName: name };
      if (result.recipients > 0)
        await changes.audit({ actor, action: `${release.kind}.release-mail`, ...subject, reason, facts });
      return result;
    });
    for (const queueId of moved.queues) alarmClock.wake({ queueId, lane: 0 });
    all += moved.recipients;
    if (moved.recipients === 0) return all;
  }
}

/** Mail is held from the moment of a departure on, which is a little before the store is told of it. */
const SKEW_MS = 60_000;
