import type { Suspension } from '@postern/admin-contract';
import type { NewSuspension } from './queue-admin.ts';

/** Suspensions, read. */
export interface SuspensionReads {
  /** Everything that is suspended now, queues too; at most 1,000, the latest first. */
  listSuspensions(): Promise<readonly Suspension[]>;
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
