import type { HeaderField, HeaderSection } from '@postern/message';

/** Which fields a signature covers; names in lower case. */
export interface FieldPolicy {
  /** Every one that is there. */
  readonly signed: readonly string[];
  /** Every one that is there, and that there is no other: one that is added later breaks the signature (RFC 6376 §5.4.2). */
  readonly oversigned: readonly string[];
}

/**
 * RFC 6376 §5.4.1 with what receivers and their users act upon today. Fields that relays rewrite (Received, Return-Path,
 * Authentication-Results) are left out; MIME fields are signed and not oversigned, since relays add them where there are none.
 */
export const DEFAULT_FIELD_POLICY: FieldPolicy = Object.freeze({
  oversigned: ['from', 'reply-to', 'to', 'cc', 'subject', 'date', 'message-id'],
  signed: [
    'sender',
    'in-reply-to',
    'references',
    'mime-version',
    'content-type',
    'content-transfer-encoding',
    'content-id',
    'content-description',
    'resent-date',
    'resent-from',
    'resent-sender',
    'resent-to',
    'resent-cc',
    'resent-message-id',
    'auto-submitted',
    'feedback-id',
    'list-id',
    'list-help',
    'list-unsubscribe',
    'list-unsubscribe-post',
    'list-subscribe',
    'list-post',
    'list-owner',
    'list-archive',
  ],
});

/** What RFC 6376 §5.4 and RFC 8058 §4 leave to no policy: From, and the unsubscribe fields where they are. */
const ALWAYS_SIGNED = ['list-unsubscribe', 'list-unsubscribe-post'];

/** More instances of one field than this are not signed: nobody writes them, and a signature must stay small. */
const MAX_INSTANCES = 16;

export interface SelectedFields {
  /** The names of the `h=` tag, in order. */
  readonly names: readonly string[];
  /** The fields that are hashed, raw, in the same order; a name of `h=` that has none stands for "no such field". */
  readonly raw: readonly string[];
}

/** Chooses the fields of a message that is signed: of a name that occurs several times, the last one first (RFC 6376 §5.4.2). */
export function selectFields(sections: readonly HeaderSection[], policy: FieldPolicy): SelectedFields {
  const oversigned = new Set(['from', ...policy.oversigned]);
  const wanted = new Map<string, string[]>();
  for (const name of [...oversigned, ...policy.signed, ...ALWAYS_SIGNED]) wanted.set(name, []);
  for (const section of sections) {
    for (const field of section.fields) wanted.get(field.key)?.push(rawText(section, field));
  }
  const names: string[] = [];
  const raw: string[] = [];
  for (const [name, found] of wanted) {
    for (const each of found.slice(-MAX_INSTANCES).reverse()) {
      names.push(name);
      raw.push(each);
    }
    if (oversigned.has(name) && found.length < MAX_INSTANCES) names.push(name);
  }
  return { names, raw };
}

/** A field as it stands in the message, a character for an octet. */
export function rawText(section: HeaderSection, field: HeaderField): string {
  return section.octets.toString('latin1', field.start, field.end);
}
