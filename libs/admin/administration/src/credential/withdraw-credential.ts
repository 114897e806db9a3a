import type { WithdrawnCredential } from '@postern/admin-contract';
import type { CredentialState } from '@postern/credentials';
import type { Context } from '../context.ts';
import { conflict, done, notFound, type Outcome } from '../outcome.ts';
import { moveMail } from '../submitter/move-mail.ts';
import { readReference } from './reference.ts';

export interface Withdrawal {
  /** The credential's id or name. */
  readonly credential: string;
  readonly action: 'credential.disable' | 'credential.revoke';
  readonly from: readonly CredentialState[];
  readonly to: CredentialState;
  readonly reason: string | undefined;
  readonly queue: 'keep' | 'hold' | 'purge';
  readonly dryRun: boolean;
}

/**
 * Takes a credential out of use: it is refused from now on, its open sessions end, and what it has queued is kept, held or
 * purged. Asked again of one that is in that state already, it does the rest: what was queued since, or before.
 */
export async function withdrawCredential(
  context: Context,
  { credential: text, action, from, to, reason, queue, dryRun }: Withdrawal,
): Promise<Outcome<WithdrawnCredential>> {
  const { store, actor } = context;
  const reference = readReference(text);
  const before = reference && (await store.findCredential(reference));
  if (!before) return notFound(`credential ${text}`);
  const again = before.state === to && queue !== 'keep';
  if (!from.includes(before.state) && !again)
    return conflict(`It is ${before.state}; this needs it to be ${from.join(' or ')}`);
  const waiting = await store.countOpenMail(before.id);
  if (dryRun) return done({ ...before, waiting, moved: 0 });

  const withdrawn = again
    ? before
    : await store.change(async (changes) => {
        const moved = await changes.moveCredential({ id: before.id, from, to });
        if (!moved) return undefined;
        const subject = { subjectId: moved.id, subjectName: moved.name };
        await changes.audit({ actor, action, ...subject, reason, facts: { was: before.state, queue, waiting } });
        return moved;
      });
  if (!withdrawn) return conflict('It was changed by somebody else at the same moment');
  const subject = { subjectId: withdrawn.id, subjectName: withdrawn.name, reason };
  const moved =
    queue === 'keep' ? 0 : await moveMail(context, { ...subject, to: queue === 'hold' ? 'held' : 'cancelled' });
  return done({ ...withdrawn, waiting, moved });
}
