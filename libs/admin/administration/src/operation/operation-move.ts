import type { OperationKind } from '@postern/admin-contract';
import { UNRESOLVED_QUEUE, type QueueId, type RecipientState } from '@postern/queue';
import type { OperatorReply, RecipientMove } from '../ports/message-admin.ts';

/** The states from which each operation moves a recipient. */
export const OPERATION_STATES = Object.freeze({
  hold: ['queued', 'deferred'],
  release: ['held'],
  retry: ['deferred'],
  reroute: ['queued', 'deferred', 'held'],
  cancel: ['queued', 'deferred', 'held'],
  bounce: ['queued', 'deferred', 'held'],
  expire: ['queued', 'deferred', 'held'],
} as const satisfies Record<OperationKind, readonly RecipientState[]>);

/** What an operation does to a recipient. The reason of one that ends it is told to the sender. */
export function moveOf(
  kind: OperationKind,
  { reason, queueId }: { readonly reason?: string | undefined; readonly queueId?: QueueId | undefined },
): RecipientMove {
  switch (kind) {
    case 'reroute':
      return { kind, queueId: queueId ?? UNRESOLVED_QUEUE };
    case 'bounce':
      // RFC 3463 §3.8: a policy of ours, not a fault of the recipient, whose address stays good.
      return { kind, reply: replyOf(554, '5.7.1', 'It was returned by an operator', reason) };
    case 'expire':
      // RFC 3463 §3.5: delivery time expired.
      return { kind, reply: replyOf(451, '4.4.7', 'It was given up by an operator', reason) };
    default:
      return { kind };
  }
}

function replyOf(code: number, enhanced: string, text: string, reason: string | undefined): OperatorReply {
  return { code, enhanced, text: reason === undefined ? text : `${text}: ${reason}` };
}
