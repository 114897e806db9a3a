import { type MessageRequests, NOTIFY_ON, type RecipientRequests } from '@postern/queue';

/** What a message `m` asked for, as one column; null for nearly every message, and then nothing has to be read. */
export const REQUESTS = `
  case when num_nonnulls(m.ret, m.envid, m.require_tls, m.priority, m.deliver_by, m.release_at) > 0 then json_build_object(
    'ret', m.ret, 'envid', m.envid, 'requireTls', m.require_tls, 'priority', m.priority, 'deliverBy', m.deliver_by,
    'deliverByMode', m.deliver_by_mode, 'deliverByTrace', m.deliver_by_trace, 'releaseAt', m.release_at) end`;

/** The column `REQUESTS`. */
export interface RequestsColumn {
  readonly ret: 'FULL' | 'HDRS' | null;
  readonly envid: string | null;
  readonly requireTls: boolean | null;
  readonly priority: number | null;
  readonly deliverBy: string | null;
  readonly deliverByMode: 'R' | 'N' | null;
  readonly deliverByTrace: boolean | null;
  readonly releaseAt: string | null;
}

/** Reads the column `REQUESTS`. */
export function messageRequests(column: RequestsColumn): MessageRequests {
  const { deliverBy, deliverByMode, deliverByTrace, releaseAt } = column;
  return {
    ret: column.ret ?? undefined,
    envid: column.envid ?? undefined,
    requireTls: column.requireTls ?? undefined,
    priority: column.priority ?? undefined,
    deliverBy:
      deliverBy === null
        ? undefined
        : { at: new Date(deliverBy), mode: deliverByMode ?? 'N', trace: deliverByTrace ?? false },
    releaseAt: releaseAt === null ? undefined : new Date(releaseAt),
  };
}

/** Reads what was asked for a recipient, from its two columns. */
export function recipientRequests(notify: string | null, orcpt: string | null): RecipientRequests {
  return {
    notify: notify === null ? undefined : NOTIFY_ON.filter((each) => notify.split(',').includes(each)),
    orcpt: orcpt ?? undefined,
  };
}
