import type { Credential } from '@postern/admin-contract';
import type { CredentialState } from '@postern/credentials';
import type { Context } from '../context.ts';
import { conflict, done, notFound, type Outcome } from '../outcome.ts';
import { readReference } from './reference.ts';

export interface CredentialMove {
  /** The credential's id or name. */
  readonly credential: string;
  readonly action: string;
  readonly from: readonly CredentialState[];
  readonly to: CredentialState;
  readonly reason: string | undefined;
}

/** Moves a credential to another state and records it in the audit, in one transaction. */
export async function moveCredential(context: Context, move: CredentialMove): Promise<Outcome<Credential>> {
  const { store, actor } = context;
  const { action, from, to, reason } = move;
  const reference = readReference(move.credential);
  const before = reference && (await store.findCredential(reference));
  if (!before) return notFound(`credential ${move.credential}`);
  return store.change(async (changes) => {
    const moved = await changes.moveCredential({ id: before.id, from, to });
    if (!moved) return conflict(`It is ${before.state}; this needs it to be ${from.join(' or ')}`);
    const subject = { subjectId: moved.id, subjectName: moved.name };
    await changes.audit({ actor, action, ...subject, reason, facts: { was: before.state } });
    return done(moved);
  });
}
