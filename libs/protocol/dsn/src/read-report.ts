import type { Action } from './delivery-status.ts';
import { type Entity, decodedBody, partsOf, readEntity, readFields, valueOf } from './mime-entity.ts';
import { readFeedback, type FeedbackReport } from './read-feedback.ts';
import { readPlainBounce } from './read-plain-bounce.ts';
import { readStatus } from './read-status.ts';

/** What came back about a message of ours. */
export type Report =
  ReturnedDsn | FeedbackReport | { readonly kind: 'other'; readonly originalMessageId: string | undefined };

/** A DSN, or a bounce of an older form that was read as one. */
export interface ReturnedDsn {
  readonly kind: 'dsn';
  readonly form: 'standard' | 'plain';
  readonly reportingMta: string | undefined;
  readonly envelopeId: string | undefined;
  readonly recipients: readonly ReturnedStatus[];
  /** The Message-ID of what was returned, with its brackets. */
  readonly originalMessageId: string | undefined;
}

export interface ReturnedStatus {
  /** Addresses without their type. */
  readonly originalRecipient: string | undefined;
  readonly finalRecipient: string | undefined;
  readonly action: Action;
  readonly status: string | undefined;
  readonly remoteMta: string | undefined;
  /** The reply or its like, without its type. */
  readonly diagnostic: string | undefined;
}

/** Octets that are looked at, parts of the whole, and recipients: nobody needs more, and anybody may send them. */
const MAX_OCTETS = 512 * 1024;
const MAX_PARTS = 20;
const MAX_DEPTH = 3;

/**
 * Reads what came to a return-path of ours: a DSN (RFC 3464), a feedback report (RFC 5965), or a bounce of one of the common
 * forms without structure. Bounded, and never fails: what it cannot read is `other`.
 */
export function readReport(octets: Buffer): Report {
  const message = readEntity(octets.subarray(0, MAX_OCTETS).toString('latin1'));
  const parts = flatten(message, MAX_DEPTH);
  const originalMessageId = messageIdOf(parts);
  const feedback = parts.find(({ type }) => type === 'message/feedback-report');
  if (feedback) return readFeedback(readFields(decodedBody(feedback)), parts, originalMessageId);
  const status = parts.find(
    ({ type }) => type === 'message/delivery-status' || type === 'message/global-delivery-status',
  );
  const read = status && readStatus(decodedBody(status));
  if (read && read.recipients.length > 0) return { kind: 'dsn', form: 'standard', ...read, originalMessageId };
  const plain = readPlainBounce(message, parts);
  if (plain.length > 0)
    return {
      kind: 'dsn',
      form: 'plain',
      reportingMta: undefined,
      envelopeId: undefined,
      recipients: plain,
      originalMessageId,
    };
  return { kind: 'other', originalMessageId };
}

function flatten(entity: Entity, depth: number): readonly Entity[] {
  const parts = depth > 0 ? partsOf(entity, MAX_PARTS) : [];
  return parts.length === 0 ? [entity] : parts.flatMap((part) => flatten(part, depth - 1)).slice(0, MAX_PARTS);
}

/** The Message-ID in the returned message or header; in bounces without structure, the last one that the text quotes. */
function messageIdOf(parts: readonly Entity[]): string | undefined {
  const returned = parts.find(({ type }) =>
    /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(type),
  );
  const head = returned && readEntity(decodedBody(returned).trimStart()).fields;
  const id = head && valueOf(head, 'message-id');
  if (id) return /<[^<>\s]{1,300}>/.exec(id)?.[0];
  if (returned) return undefined;
  const quoted = [...(parts[0] ? decodedBody(parts[0]) : '').matchAll(/^[> \t]*message-id:\s*(<[^<>\s]{1,300}>)/gim)];
  return quoted.at(-1)?.[1];
}
