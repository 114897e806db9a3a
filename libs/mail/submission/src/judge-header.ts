import { mayUse, type SenderRule } from '@postern/credentials';
import {
  decodeEncodedWords,
  fieldsNamed,
  fieldValue,
  type HeaderFault,
  type HeaderReading,
  type HeaderSection,
  isRemovedAtSubmission,
  readAddressList,
  valueOf,
  withoutFields,
} from '@postern/message';
import { type Mailbox, reply, type Reply } from '@postern/smtp';
import type { SubmissionLimits } from './context.ts';

interface Refused {
  readonly kind: 'refused';
  readonly reply: Reply;
}

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
    readonly limits: SubmissionLimits;
  },
): HeaderVerdict {
  if (reading.kind === 'malformed') return refuse(554, '5.6.0', explain(reading.fault, by.limits));
  const { section } = reading;
  const from = originators(section, 'from');
  if (from.kind === 'refused') return from;
  const sender = fieldsNamed(section, 'sender').length === 0 ? undefined : originators(section, 'sender');
  if (sender?.kind === 'refused') return sender;
  // RFC 5322 §3.6.2: with several authors, Sender says who sent it.
  if (from.mailboxes.length > 1 && !sender) {
    return refuse(550, '5.6.0', 'The From field names several mailboxes, and there is no Sender field');
  }
  if (sender && sender.mailboxes.length !== 1)
    return refuse(550, '5.6.0', 'The Sender field does not name one mailbox');
  for (const [field, mailboxes] of [
    ['From', from.mailboxes],
    ['Sender', sender?.mailboxes ?? []],
  ] as const) {
    const stranger = mailboxes.find((mailbox) => !mayUse(by.rules, mailbox));
    if (stranger) return refuse(550, '5.7.1', `${by.name} may not send as ${stranger.text} (${field} field)`);
  }
  const resent = judgeResent(section, by);
  if (resent) return resent;
  const loop = whyLoop(section, by.hostname, by.limits);
  if (loop) return refuse(554, '5.4.6', loop);
  return {
    kind: 'accepted',
    octets: withoutFields(section, isRemovedAtSubmission),
    from: shown(valueOf(section, 'from')),
    authorDomain: from.mailboxes[0]?.domain ?? '',
    subject: shown(valueOf(section, 'subject')),
    messageId: valueOf(section, 'message-id')?.slice(0, 998),
    hasDate: valueOf(section, 'date') !== undefined,
    tlsOptional: isTlsOptional(section),
  };
}

/** RFC 5322 §3.6.6: whoever resends a message says so in its own name; a stranger's name there is as good as a stranger's From. */
function judgeResent(
  section: HeaderSection,
  by: { readonly name: string; readonly rules: readonly SenderRule[] },
): Refused | undefined {
  for (const name of ['Resent-From', 'Resent-Sender']) {
    for (const field of fieldsNamed(section, name.toLowerCase())) {
      const list = readAddressList(fieldValue(section, field));
      if (list.kind !== 'sound' || list.mailboxes.length === 0)
        return refuse(550, '5.6.0', `A ${name} field names no mailbox that can be read`);
      const stranger = list.mailboxes.find(({ mailbox }) => !mayUse(by.rules, mailbox));
      if (stranger) return refuse(550, '5.7.1', `${by.name} may not send as ${stranger.mailbox.text} (${name} field)`);
    }
  }
  return undefined;
}

function originators(
  section: HeaderSection,
  key: 'from' | 'sender',
): { readonly kind: 'read'; readonly mailboxes: readonly Mailbox[] } | Refused {
  const name = key === 'from' ? 'From' : 'Sender';
  const fields = fieldsNamed(section, key);
  const [field] = fields;
  if (!field) return refuse(550, '5.6.0', `The message has no ${name} field`);
  // RFC 5322 §3.6: exactly one; readers differ in which of two they show.
  if (fields.length > 1) return refuse(550, '5.6.0', `The message has ${fields.length} ${name} fields`);
  const list = readAddressList(fieldValue(section, field));
  if (list.kind !== 'sound' || list.mailboxes.length === 0)
    return refuse(550, '5.6.0', `The ${name} field names no mailbox that can be read`);
  return { kind: 'read', mailboxes: list.mailboxes.map((each) => each.mailbox) };
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

function refuse(code: number, enhanced: `${2 | 4 | 5}.${number}.${number}`, text: string): Refused {
  return { kind: 'refused', reply: reply(code, enhanced, text) };
}
