import { RECIPIENT_STATES, type RecipientState } from '@postern/admin-contract';
import { parseNetwork } from '@postern/dns';
import { parseMessageId, type MessageId } from '@postern/queue';
import { parseDomain, parseMailbox } from '@postern/smtp';
import { pointAt, splitTerms, type Term } from './query-terms.ts';

/**
 * One condition of a search for messages; a message must meet them all, and one of its recipients alone all those that are
 * about recipients: `state:deferred to:@example.com` is what is deferred for that domain.
 */
export type MessageCondition =
  | { readonly field: 'id'; readonly id: MessageId }
  /** The recipient is in the state. */
  | { readonly field: 'state'; readonly state: RecipientState }
  /** The recipient's forward-path matches. */
  | { readonly field: 'to'; readonly match: AddressMatch }
  /** Its reverse-path matches. */
  | { readonly field: 'from'; readonly match: AddressMatch | { readonly kind: 'null' } }
  /** Its Subject contains the text, without regard to case. */
  | { readonly field: 'subject'; readonly text: string }
  /** Its Message-ID field is this. */
  | { readonly field: 'message-id'; readonly text: string }
  | { readonly field: 'credential'; readonly name: string }
  /** Handed in by a host of the listed network, which has no credential. */
  | { readonly field: 'network'; readonly cidr: string }
  /** The recipient waits in the queue, or ended there. */
  | { readonly field: 'queue'; readonly queue: string }
  /** The same, of a site: by its key, or by a domain that it serves. */
  | { readonly field: 'site'; readonly site: string }
  /** The recipient's last reply had this code, or one of this hundred, or this enhanced status code or one below it. */
  | { readonly field: 'code'; readonly match: CodeMatch }
  /** Why the recipient's last attempt failed, as it was classified. */
  | { readonly field: 'class'; readonly class: string }
  | { readonly field: 'client'; readonly address: string }
  /** Accepted at that time or later. */
  | { readonly field: 'since'; readonly at: Date }
  /** Accepted before that time. */
  | { readonly field: 'before'; readonly at: Date };

/** A mailbox whole (in the form that is stored, compared without regard to case), or all of a domain. */
export type AddressMatch =
  { readonly kind: 'mailbox'; readonly mailbox: string } | { readonly kind: 'domain'; readonly domain: string };

/** `550`, `5xx`, `5.1.1`, `5.7`. */
export type CodeMatch =
  | { readonly kind: 'code'; readonly from: number; readonly to: number }
  | { readonly kind: 'enhanced'; readonly prefix: string };

export type MessageQueryReading = { readonly ok: readonly MessageCondition[] } | { readonly fault: string };

/** The words of the query language, for those who are told that theirs is none. */
const MESSAGE_QUERY_FIELDS = [
  'id',
  'state',
  'to',
  'from',
  'subject',
  'message-id',
  'credential',
  'network',
  'queue',
  'site',
  'code',
  'class',
  'client',
  'after',
  'since',
  'before',
] as const;

const MAX_CONDITIONS = 20;

/**
 * Reads a search: `state:deferred to:@example.com after:2h "quarterly report"`.
 *
 * Terms are `field:value`, all of which must hold; a value with spaces stands in double quotes. A term without a field is
 * a message's id, an address (of a recipient), or a part of the Subject. A fault says which term it is about, and where.
 */
export function readMessageQuery(text: string, now: Date): MessageQueryReading {
  const terms = splitTerms(text);
  if (!Array.isArray(terms)) return { fault: pointAt(terms.fault, terms) };
  if (terms.length > MAX_CONDITIONS) return { fault: `at most ${MAX_CONDITIONS} terms` };
  const conditions: MessageCondition[] = [];
  for (const term of terms) {
    const condition = read(term, now);
    if (typeof condition === 'string') return { fault: pointAt(condition, term) };
    conditions.push(condition);
  }
  return { ok: conditions };
}

/** The condition of a term, or what is wrong with it. */
function read({ field, value }: Term, now: Date): MessageCondition | string {
  switch (field) {
    case undefined:
      return readBare(value);
    case 'id': {
      const id = parseMessageId(value);
      return id ? { field, id } : `id: ${value} is no message id`;
    }
    case 'state': {
      const state = RECIPIENT_STATES.find((each) => each === value.toLowerCase());
      return state ? { field, state } : `state: expected one of ${RECIPIENT_STATES.join(', ')}`;
    }
    case 'to': {
      const match = readAddress(value);
      return match ? { field, match } : 'to: expected an address a@example.org or a domain @example.org';
    }
    case 'from': {
      const match = value === '<>' ? ({ kind: 'null' } as const) : readAddress(value);
      return match ? { field, match } : 'from: expected an address a@example.org, a domain @example.org or <>';
    }
    case 'subject':
      return value ? { field, text: value } : 'subject: expected a part of the Subject';
    case 'message-id':
      return value ? { field, text: value } : 'message-id: expected a Message-ID';
    case 'credential':
      return value ? { field, name: value.toLowerCase() } : "credential: expected a credential's name";
    case 'network': {
      const reading = parseNetwork(value);
      return reading.kind === 'network'
        ? { field, cidr: reading.network.text }
        : 'network: expected a listed network as 192.0.2.0/24';
    }
    case 'queue':
      return value ? { field, queue: value.toLowerCase() } : "queue: expected a queue's name or id";
    case 'site':
      return value ? { field, site: value.toLowerCase() } : "site: expected a site's name, or a domain that it serves";
    case 'code': {
      const match = readCode(value.toLowerCase());
      return match ? { field, match } : 'code: expected a reply code 550, a hundred 5xx, or an enhanced code 5.1.1';
    }
    case 'class':
      return /^[a-z][a-z_]{1,40}$/i.test(value)
        ? { field, class: value.toLowerCase() }
        : 'class: expected why it failed: recipient_unknown, mailbox_full …';
    case 'client':
      return /^[0-9a-f.:]{2,45}$/i.test(value) ? { field, address: value } : 'client: expected an IP address';
    case 'after':
    case 'since':
    case 'before': {
      const at = readTime(value, now);
      return at
        ? { field: field === 'before' ? field : 'since', at }
        : `${field}: expected a time 2026-01-31T08:00:00Z, a day 2026-01-31, or a span 30m, 2h, 7d`;
    }
    default:
      return `${field}: no such term; expected one of ${MESSAGE_QUERY_FIELDS.join(', ')}`;
  }
}

function readBare(value: string): MessageCondition {
  const id = parseMessageId(value);
  if (id) return { field: 'id', id };
  const match = value.includes('@') ? readAddress(value) : undefined;
  return match ? { field: 'to', match } : { field: 'subject', text: value };
}

function readAddress(value: string): AddressMatch | undefined {
  if (value.startsWith('@')) {
    const domain = parseDomain(value.slice(1));
    return domain && { kind: 'domain', domain };
  }
  const mailbox = parseMailbox(value, { smtpUtf8: true });
  return mailbox && { kind: 'mailbox', mailbox: mailbox.text };
}

function readCode(value: string): CodeMatch | undefined {
  if (/^[2-5][0-9][0-9]$/.test(value)) return { kind: 'code', from: Number(value), to: Number(value) };
  const hundred = /^([245])(?:xx)?$/.exec(value)?.[1];
  if (hundred) return { kind: 'code', from: Number(hundred) * 100, to: Number(hundred) * 100 + 99 };
  // RFC 3463 §2: class.subject.detail.
  return /^[245]\.[0-9]{1,3}(?:\.[0-9]{1,3})?$/.test(value) ? { kind: 'enhanced', prefix: value } : undefined;
}

const SPANS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function readTime(value: string, now: Date): Date | undefined {
  const span = /^([0-9]{1,5})([mhd])$/.exec(value);
  if (span) return new Date(now.getTime() - Number(span[1]) * (SPANS_MS[span[2] ?? ''] ?? 0));
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,12}(?:Z|[+-][0-9]{2}:[0-9]{2}))?$/.test(value)) return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
