import { factsOf, isBounceClass } from '@postern/bounce';
import type { Attempt, MessageSummary, Recipient } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import { recipientId } from '../delivery/recipient-id.ts';
import { instant, instantOrNull } from './client.ts';

export interface SummaryRow {
  readonly id: string;
  readonly accepted_at: Date;
  readonly reverse_path: string;
  readonly header_from: string;
  readonly subject: string;
  readonly size_octets: number;
  readonly listener: MessageSummary['listener'];
  readonly credential_id: string | null;
  readonly credential_name: string | null;
  readonly first_forward_path: string | null;
  readonly recipients: number;
  readonly states: MessageSummary['recipients']['states'];
}

/** The columns of a summary, of a message `m`, its credential `c`, and its recipients. */
export const SUMMARY = Prisma.sql`
  m.id, m.accepted_at, m.reverse_path, m.header_from, m.subject, m.size_octets, m.listener::text, m.recipients,
  m.credential_id, c.name as credential_name,
  (select r.forward_path from recipients r where r.message_id = m.id and r.number = 1) as first_forward_path,
  (select jsonb_object_agg(s.state, s.count) from (
     select r.state::text, count(*) from recipients r where r.message_id = m.id group by r.state
   ) s) as states`;

export function summaryOf(row: SummaryRow): MessageSummary {
  return {
    id: row.id,
    acceptedAt: instant(row.accepted_at),
    reversePath: row.reverse_path,
    headerFrom: row.header_from,
    subject: row.subject,
    sizeOctets: row.size_octets,
    listener: row.listener,
    credential: row.credential_id === null ? null : { id: row.credential_id, name: row.credential_name ?? 'removed' },
    firstForwardPath: row.first_forward_path ?? '',
    recipients: { total: row.recipients, states: row.states ?? {} },
  };
}

export interface RecipientRow {
  readonly message_id: string;
  readonly number: number;
  readonly forward_path: string;
  readonly domain: string;
  readonly state: Recipient['state'];
  readonly queue_id: number;
  readonly queue_kind: Recipient['queue']['kind'];
  readonly queue_name: string;
  readonly attempts: number;
  readonly due_at: Date | null;
  readonly ended_at: Date | null;
  readonly maybe_delivered: boolean;
  readonly notify: string | null;
  readonly orcpt: string | null;
  readonly bounce_class: string | null;
  readonly bounce_rule: string | null;
  readonly reply_from: 'remote' | 'local' | null;
  readonly reply_code: number;
  readonly reply_enhanced: string | null;
  readonly reply_text: string;
}

export function recipientOf(row: RecipientRow): Recipient {
  return {
    id: recipientId(row.message_id, row.number),
    forwardPath: row.forward_path,
    domain: row.domain,
    state: row.state,
    queue: { id: row.queue_id, kind: row.queue_kind, name: row.queue_name },
    attempts: row.attempts,
    dueAt: instantOrNull(row.due_at),
    endedAt: instantOrNull(row.ended_at),
    maybeDelivered: row.maybe_delivered,
    notify: row.notify,
    orcpt: row.orcpt,
    lastReply: row.reply_from && {
      from: row.reply_from,
      code: row.reply_code,
      enhanced: row.reply_enhanced,
      text: row.reply_text,
    },
    bounce: toldOf(row),
  };
}

export interface AttemptRow {
  readonly message_id: string;
  readonly number: number;
  readonly lease_token: string;
  readonly forward_path: string;
  readonly attempt: number;
  readonly started_at: Date;
  readonly duration_ms: number;
  readonly steps_ms: Record<string, number>;
  readonly stage: string;
  readonly outcome: Attempt['outcome'];
  readonly host: string | null;
  readonly address: string | null;
  readonly reply_from: 'remote' | 'local';
  readonly reply_code: number;
  readonly reply_enhanced: string | null;
  readonly reply_text: string;
  readonly tls_protocol: string | null;
  readonly tls_cipher: string | null;
  readonly tls_verified: boolean | null;
  readonly tls_certificate: string | null;
  readonly tls_failure: string | null;
  readonly bounce_class: string | null;
  readonly bounce_rule: string | null;
  readonly policy: string;
  readonly source: string | null;
  readonly channel: Attempt['channel'];
}

export function attemptOf(row: AttemptRow): Attempt {
  return {
    id: attemptId(row),
    recipientId: recipientId(row.message_id, row.number),
    forwardPath: row.forward_path,
    attempt: row.attempt,
    startedAt: instant(row.started_at),
    durationMs: row.duration_ms,
    stepsMs: row.steps_ms,
    stage: row.stage,
    outcome: row.outcome,
    bounce: toldOf(row),
    host: row.host,
    address: row.address,
    reply: { from: row.reply_from, code: row.reply_code, enhanced: row.reply_enhanced, text: row.reply_text },
    tls: tlsOf(row),
    policy: row.policy,
    source: row.source,
    channel: row.channel,
  };
}

function toldOf(row: Pick<AttemptRow, 'bounce_class' | 'bounce_rule'>): Attempt['bounce'] {
  const { bounce_class: name, bounce_rule: rule } = row;
  return name !== null && isBounceClass(name) ? { class: name, fault: factsOf(name).fault, rule } : null;
}

function tlsOf(row: AttemptRow): Attempt['tls'] {
  if (row.tls_protocol === null && row.tls_failure === null) return null;
  return {
    protocol: row.tls_protocol ?? '',
    cipher: row.tls_cipher ?? '',
    verified: row.tls_verified ?? false,
    certificate: row.tls_certificate,
    failure: row.tls_failure,
  };
}

/** An attempt is told apart by when it began, whom it was for and its lease; in this order they are listed. */
function attemptId({ started_at, number, lease_token }: AttemptRow): string {
  return `${started_at.getTime()}.${number}.${lease_token}`;
}

/** Reads what `attemptId` wrote; undefined when it is something else. */
export function readAttemptId(
  id: string,
): { readonly at: Date; readonly number: number; readonly lease: string } | undefined {
  const match = /^([0-9]{1,15})\.([0-9]{1,5})\.([0-9a-f-]{36})$/.exec(id);
  if (!match?.[3]) return undefined;
  return { at: new Date(Number(match[1])), number: Number(match[2]), lease: match[3] };
}
