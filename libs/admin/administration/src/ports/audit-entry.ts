import type { Actor } from '../actor.ts';

/** Who did what to which thing, and why: one row of the audit. The store's clock says when. */
export interface AuditEntry {
  readonly actor: Pick<Actor, 'kind' | 'id' | 'name' | 'address'>;
  /** Noun and verb: `credential.create`, `queue.suspend`. */
  readonly action: string;
  readonly subjectId: string;
  /** The subject's name at the time: a credential's, a queue's, a CIDR. */
  readonly subjectName: string;
  readonly reason: string | undefined;
  /** What else was decided: settings given, how many recipients moved. Never a secret. */
  readonly facts: Readonly<Record<string, unknown>>;
}
