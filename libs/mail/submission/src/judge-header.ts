import type { SenderRule } from '@postern/credentials';
import {
  decodeEncodedWords,
  fieldsNamed,
  fieldValue,
  type HeaderFault,
  type HeaderReading,
  type HeaderSection,
  isRemovedAtSubmission,
  valueOf,
  withoutFields,
} from '@postern/message';
import type { SubmissionLimits } from './context.ts';
import { judgeOriginators, type Originators, readOriginators, refuse, type Refused } from './originators.ts';

/** A header section that may pass, and what is known from it. */
export type AcceptedHeader = HeaderVerdict & { readonly kind: 'accepted' };

export type HeaderVerdict =
  | Refused
  | {
      readonly kind: 'accepted';
      /** The header section as it goes on, without the fields that are taken out. */
      readonly octets: Buffer;
      readonly from: string;
      /** The domain of the first author, which the message is signed for. */
      readonly authorDomain: string;
      readonly subject: string;
      readonly messageId: string | undefined;
      readonly hasDate: boolean;
      /** `TLS-Required: No` (RFC 8689 §5). */
      readonly tlsOptional: boolean;
    };

/** Whether a message's header section may pass: sound, from somebody that the submitter may send as, and not in a loop. */
export function judgeHeader(
  reading: HeaderReading,
  by: {
    readonly name: string;
    readonly rules: readonly SenderRule[];
    readonly hostname: string;
    /** Whether the message came with that parameter. */
    readonly smtpUtf8: boolean;
    readonly limits: SubmissionLimits;
  },
): HeaderVerdict {
  if (reading.kind === 'malformed') return refuse(554, '5.6.0', explain(reading.fault, by.limits));
  const { section } = reading;
  const [from, sender] = [originators(section, 'From'), originators(section, 'Sender')];
  if (from.kind === 'refused') return from;
  if (sender.kind === 'refused') return sender;
  if (from.mailboxes.length === 0) return refuse(550, '5.6.0', 'The message has no From field');
  // RFC 5322 §3.6.2: with several authors, Sender says who sent it.
  if (from.mailboxes.length > 1 && sender.mailboxes.length === 0) {
    return refuse(550, '5.6.0', 'The From field names several mailboxes, and there is no Sender field');
  }
  if (sender.mailboxes.length > 1) return refuse(550, '5.6.0', 'The Sender field does not name one mailbox');
  const strange = judgeOriginators(from, by) ?? judgeOriginators(sender, by);
  if (strange) return strange;
  const resent = judgeResent(section, by);
  if (resent) return resent;
  const loop = whyLoop(section, by.hostname, by.limits);
  if (loop) return refuse(554, '5.4.6', loop);
  return {
    kind: 'accepted',
    octets: withoutFields(section, isRemovedAtSubmission),
    from: shown(valueOf(section, 'from')),
    authorDomain: from.mailboxes[0]?.mailbox.domain ?? '',
    subject: shown(valueOf(section, 'subject')),
    messageId: valueOf(section, 'message-id')?.slice(0, 998),
    hasDate: valueOf(section, 'date') !== undefined,
    tlsOptional: isTlsOptional(section),
  };
}

/** RFC 5322 §3.6.6: whoever resends a message says so in its own name; a stranger's name there is as good as a stranger's From. */
function judgeResent(section: HeaderSection, by: Parameters<typeof judgeOriginators>[1]): Refused | undefined {
  for (const name of ['Resent-From', 'Resent-Sender'] as const) {
    for (const field of fieldsNamed(section, name.toLowerCase())) {
      const resent = readOriginators(section, field, name);
      const refused = resent.kind === 'refused' ? resent : judgeOriginators(resent, by);
      if (refused) return refused;
    }
  }
  return undefined;
}

/** The mailboxes of a field that stands once at most; none where it does not stand at all. */
function originators(section: HeaderSection, name: 'From' | 'Sender'): Originators | Refused {
  const fields = fieldsNamed(section, name.toLowerCase());
  const [field] = fields;
  // RFC 5322 §3.6: exactly one; readers differ in which of two they show.
  if (fields.length > 1) return refuse(550, '5.6.0', `The message has ${fields.length} ${name} fields`);
  return field ? readOriginators(section, field, name) : { kind: 'read', name, mailboxes: [] };
}

/** RFC 8689 §5: exactly one field, which says No. */
function isTlsOptional(section: HeaderSection): boolean {
  const [field, ...more] = fieldsNamed(section, 'tls-required');
  return field !== undefined && more.length === 0 && fieldValue(section, field).toLowerCase() === 'no';
}

/** RFC 5321 §6.3: a message that has been everywhere, or here, is going round. */
function whyLoop(section: HeaderSection, hostname: string, limits: SubmissionLimits): string | undefined {
  const received = fieldsNamed(section, 'received');
  if (received.length > limits.maxReceived)
    return `The message has ${received.length} Received fields: it is in a loop`;
  const own = ` by ${hostname.toLowerCase()} with `;
  const ours = received.filter((field) =>
    ` ${fieldValue(section, field).toLowerCase().replaceAll(/\s+/g, ' ')}`.includes(own),
  );
  return ours.length > limits.maxOwnReceived
    ? `The message has been here ${ours.length} times: it is in a loop`
    : undefined;
}

function explain(fault: HeaderFault, limits: SubmissionLimits): string {
  switch (fault.reason) {
    case 'too-big':
      return `The header section has more than ${limits.maxHeaderOctets} octets`;
    case 'too-many-fields':
      return `The header section has more than ${limits.maxHeaderFields} fields`;
    case 'begins-with-continuation':
      return 'The header section begins with a folded line';
    case 'mbox-line':
      return `Line ${fault.line} of the header section is a mailbox file's "From " line`;
    case 'no-field':
      return `Line ${fault.line} of the header section is not a field; is the empty line before the body missing?`;
  }
}

function shown(value: string | undefined): string {
  return decodeEncodedWords(value ?? '', { maxLength: 500 });
}
