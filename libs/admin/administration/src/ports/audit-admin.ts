import type { AuditRecord } from '@postern/admin-contract';
import type { OrderedSlice } from './admin-store.ts';

/** The audit, read. */
export interface AuditReads {
  /** Entries by their number, which is the order of their times; `after` is the number of the last one seen. */
  listAudit(slice: OrderedSlice<string> & AuditFilter): Promise<readonly AuditRecord[]>;
}

/** Which entries; what is undefined filters nothing. */
export interface AuditFilter {
  readonly actor: string | undefined;
  /** A noun, or a noun and a verb with a dot between them. */
  readonly action: string | undefined;
  /** The subject's id, or its name at the time. */
  readonly subject: string | undefined;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}
