import { RECIPIENT_STATES, type RecipientState } from '@postern/admin-contract';
import { parseMessageId, type MessageId } from '@postern/queue';
import { parseDomain, parseMailbox } from '@postern/smtp';

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
  /** The recipient waits in the queue, or ended there. */
  | { readonly field: 'queue'; readonly queue: string }
  | { readonly field: 'client'; readonly address: string }
  /** Accepted at that time or later. */
  | { readonly field: 'since'; readonly at: Date }
  /** Accepted before that time. */
  | { readonly field: 'before'; readonly at: Date };

/** A mailbox whole (in the form that is stored, compared without regard to case), or all of a domain. */
export type AddressMatch =
  { readonly kind: 'mailbox'; readonly mailbox: string } | { readonly kind: 'domain'; readonly domain: string };

export type MessageQueryReading = { readonly ok: readonly MessageCondition[] } | { readonly fault: string };

/** The words of the query language, for those who are told that theirs is none. */
export const MESSAGE_QUERY_FIELDS = [
  'id',
  'state',
  'to',
  'from',
  'subject',
  'message-id',
  'credential',
  'queue',
  'client',
  'since',
  'before',
] as const;

const MAX_CONDITIONS = 20;

/**
 * Reads a search: `state:deferred to:@example.com since:2h "quarterly report"`.
 *
 * Terms are `field:value`, all of which must hold; a value with spaces stands in double quotes. A term without a field is
 * a message's id, an address (of a recipient), or a part of the Subject.
 */
export function readMessageQuery(text: string, now: Date): MessageQueryReading {
  const terms = split(text);
  if (!terms) return { fault: 'a double quote is not closed' };
  if (terms.length > MAX_CONDITIONS) return { fault: `at most ${MAX_CONDITIONS} terms` };
  const conditions: MessageCondition[] = [];
  for (const term of terms) {
    const condition = read(term, now);
    if (typeof condition === 'string') return { fault: condition };
    conditions.push(condition);
  }
  return { ok: conditions };
}

interface Term {
  readonly field: string | undefined;
  readonly value: string;
}

/** Terms are parted by spaces outside double quotes. Undefined: a quote is not closed. */
function split(text: string): readonly Term[] | undefined {
  const terms: Term[] = [];
  const term = /\s*(?:([a-zA-Z-]+):)?(?:"([^"]*)"|([^\s"]+))/y;
  let end = 0;
  while (text.slice(end).trim() !== '') {
    term.lastIndex = end;
    const match = term.exec(text);
    if (!match) return undefined;
    terms.push({ field: match[1]?.toLowerCase(), value: match[2] ?? match[3] ?? '' });
    end = term.lastIndex;
  }
  return terms;
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
    case 'queue':
      return value ? { field, queue: value.toLowerCase() } : "queue: expected a queue's name or id";
    case 'client':
      return /^[0-9a-f.:]{2,45}$/i.test(value) ? { field, address: value } : 'client: expected an IP address';
    case 'since':
    case 'before': {
      const at = readTime(value, now);
      return at
        ? { field, at }
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

const SPANS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function readTime(value: string, now: Date): Date | undefined {
  const span = /^([0-9]{1,5})([mhd])$/.exec(value);
  if (span) return new Date(now.getTime() - Number(span[1]) * (SPANS_MS[span[2] ?? ''] ?? 0));
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,12}(?:Z|[+-][0-9]{2}:[0-9]{2}))?$/.test(value)) return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
