import type { MessageDetail } from '@postern/administration';
import { messageRequests, type RequestsColumn } from '../delivery/requests.ts';
import { instantOrNull } from './client.ts';

/** What MAIL asked for a message, as operators see it; null when it asked for nothing. */
export function requestsOf(column: RequestsColumn | null): MessageDetail['requests'] {
  if (!column) return null;
  const { ret, envid, requireTls, priority, deliverBy, releaseAt } = messageRequests(column);
  return {
    ret: ret ?? null,
    envid: envid ?? null,
    requireTls: requireTls ?? null,
    priority: priority ?? 0,
    deliverBy: deliverBy ? { at: deliverBy.at.toISOString(), mode: deliverBy.mode, trace: deliverBy.trace } : null,
    releaseAt: instantOrNull(releaseAt ?? null),
  };
}
