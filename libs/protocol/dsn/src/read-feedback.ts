import { type Entity, decodedBody, type LooseField, readEntity, valueOf } from './mime-entity.ts';
import { addressOf } from './read-status.ts';

/** A feedback report (RFC 5965): most often a recipient's complaint. */
export interface FeedbackReport {
  readonly kind: 'feedback';
  /** `abuse`, `fraud`, `virus`, `not-spam`, `other`, `auth-failure` … in lower case. */
  readonly type: string;
  readonly userAgent: string | undefined;
  readonly originalRecipients: readonly string[];
  readonly sourceAddress: string | undefined;
  readonly originalMessageId: string | undefined;
}

const MAX_RECIPIENTS = 100;

/** Reads the fields of message/feedback-report (RFC 5965 §3). */
export function readFeedback(
  fields: readonly LooseField[],
  parts: readonly Entity[],
  originalMessageId: string | undefined,
): FeedbackReport {
  const named = fields.filter(({ key }) => key === 'original-rcpt-to').map(({ value }) => addressOf(value));
  const returned = parts.find(({ type }) => type === 'message/rfc822' || type === 'text/rfc822-headers');
  const head = returned ? readEntity(decodedBody(returned).trimStart()).fields : [];
  return {
    kind: 'feedback',
    type: (valueOf(fields, 'feedback-type') ?? 'other').trim().toLowerCase().slice(0, 40),
    userAgent: valueOf(fields, 'user-agent')?.slice(0, 200),
    originalRecipients: named.filter((address) => address !== undefined).slice(0, MAX_RECIPIENTS),
    sourceAddress: valueOf(fields, 'source-ip')?.slice(0, 60),
    originalMessageId: originalMessageId ?? /<[^<>\s]{1,300}>/.exec(valueOf(head, 'message-id') ?? '')?.[0],
  };
}
