import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../context.ts';

export interface MailToMove {
  /** The submitter. */
  readonly subjectId: string;
  readonly subjectName: string;
  readonly reason: string | undefined;
  readonly to: 'held' | 'cancelled';
}

/** Recipients of one transaction: no lane waits long for a row of it. */
const BATCH = 2_000;
/** A message whose end was sent before the sessions ended is being committed for so long at most, on a calm machine. */
const LAST_COMMITS_MS = 500;
/** What is being sent has mostly ended by then. */
const LAST_ATTEMPTS_MS = 10_000;

/**
 * Holds or cancels all mail of a submitter that has not ended, in transactions of some thousand recipients each; answers
 * how many. Further looks find what was being committed when it began, and, for some seconds, what a lane was sending and
 * could not deliver: it would be tried again otherwise.
 */
export async function moveMail(context: Context, mail: MailToMove): Promise<number> {
  const { store, clock } = context;
  const until = clock.monotonicMs() + LAST_ATTEMPTS_MS;
  let moved = await moveAll(context, mail);
  for (;;) {
    const sending = await store.countSending(mail.subjectId);
    await pause(LAST_COMMITS_MS);
    moved += await moveAll(context, mail);
    if (sending === 0 || clock.monotonicMs() >= until) return moved;
  }
}

async function moveAll({ store, actor }: Context, { subjectId, subjectName, reason, to }: MailToMove): Promise<number> {
  let all = 0;
  for (;;) {
    const moved = await store.change(async (changes) => {
      const recipients =
        to === 'held' ? await changes.holdMailOf(subjectId, BATCH) : await changes.cancelMailOf(subjectId, BATCH);
      const action = to === 'held' ? 'credential.hold-queue' : 'credential.purge-queue';
      if (recipients > 0) await changes.audit({ actor, action, subjectId, subjectName, reason, facts: { recipients } });
      return recipients;
    });
    all += moved;
    if (moved === 0) return all;
  }
}
