import type { Suspension } from '@postern/admin-contract';
import type { OrderedSlice } from './admin-store.ts';
import type { NewSuspension } from './queue-admin.ts';

/** Suspensions, read. */
export interface SuspensionReads {
  /** Everything that is suspended now, queues too, in the order in which it was suspended. */
  listSuspensions(query: SuspensionQuery): Promise<readonly Suspension[]>;
}

/** Where a suspension stands: since when it is one, and its id, or that of its queue. */
export interface SuspensionKey {
  readonly since: string;
  readonly id: string;
}

export interface SuspensionQuery extends OrderedSlice<SuspensionKey> {
  readonly scope?: Suspension['scope'] | undefined;
}

/** Suspensions, commanded. */
export interface SuspensionChanges {
  /** Undefined: it is suspended already. */
  addSuspension(
    suspension: NewSuspension & {
      readonly scope: Exclude<Suspension['scope'], 'queue'>;
      readonly subject: string;
      readonly name: string;
    },
  ): Promise<Suspension | undefined>;

  /** Undefined: there is none. */
  liftSuspension(id: string): Promise<Suspension | undefined>;
}
