import { type ClassFacts, factsOf, type FaultParty } from '@postern/bounce';
import type { DueMessage, DueRecipient } from './bounce-store.ts';
import { oneLine, wrap } from './wrap.ts';

const MAX_LISTED = 100;

const OPENING: Readonly<Record<DueRecipient['event'], (count: number) => string>> = {
  failed: (count) =>
    `Your message could not be delivered to ${people(count)}. We have stopped trying: nothing more will be sent unless you send it again.`,
  returned: (count) =>
    `Your message was taken by the mail server of ${people(count)}, and came back from there later: it did not reach ${count === 1 ? 'them' : 'those people'}. Nothing more will be sent unless you send it again.`,
  delayed: (count) =>
    `Your message has not been delivered to ${people(count)} yet. We keep trying by ourselves: you need do nothing, and need not send it again.`,
  succeeded: (count) =>
    `You asked to be told: your message was handed on for ${people(count)} to a mail server that takes no such requests, so we hear no more of it.`,
};

const WHOSE: Readonly<Record<FaultParty, string>> = {
  recipient: 'the address, or the mailbox behind it; not your message, and not our mail server',
  ours: 'on our side (the message, the sender address or our mail server); the recipient did nothing wrong',
  theirs: "the recipient's mail system, or the way to it; not you, and not the recipient",
};

/** What became of a message, in plain words: what happened, whose fault it is, what to do, and what the remote host said. */
export function explain(
  message: Pick<DueMessage, 'subject' | 'messageIdField' | 'acceptedAt' | 'content'>,
  recipients: readonly DueRecipient[],
  about: { readonly event: DueRecipient['event']; readonly hostname: string; readonly retryUntil?: Date | undefined },
): string {
  const shown = recipients.slice(0, MAX_LISTED);
  return [
    `This is the mail system at ${about.hostname}.`,
    '',
    ...wrap(OPENING[about.event](recipients.length), ''),
    '',
    `    Subject:     ${oneLine(message.subject) || '(none)'}`,
    `    Sent:        ${message.acceptedAt.toUTCString()}`,
    `    Message-ID:  ${oneLine(message.messageIdField) || '(none)'}`,
    ...(about.retryUntil ? [`    Tried until: ${about.retryUntil.toUTCString()}`] : []),
    '',
    ...shown.flatMap((recipient) => [...aboutRecipient(recipient), '']),
    ...(recipients.length > shown.length
      ? [`… and ${recipients.length - shown.length} more, in the report below.`, '']
      : []),
    `What follows is the same for machines${message.content ? ', and your message or its header' : ''}.`,
    '',
  ].join('\n');
}

function aboutRecipient(recipient: DueRecipient): readonly string[] {
  const { forwardPath, attempt, event } = recipient;
  const head = `<${oneLine(forwardPath)}>`;
  if (event === 'succeeded') return [head, ...(attempt ? said(attempt) : [])];
  const facts = attempt?.class && factsOf(attempt.class);
  return [
    head,
    ...wrap(`What happened: ${happened(recipient, facts)}.`, '    '),
    ...(facts ? wrap(`Whose fault: ${WHOSE[facts.fault]}.`, '    ') : []),
    ...wrap(`What to do: ${advice(recipient, facts)}`, '    '),
    ...(attempt ? said(attempt) : []),
  ];
}

function happened({ state, event, attempt }: DueRecipient, facts: ClassFacts | undefined): string {
  const late = event === 'failed' && state === 'expired' ? '; it was tried until its time was over' : '';
  if (facts) return `${facts.means}${late}`;
  if (attempt?.stage === 'internal') return 'the people who run our mail system gave it up';
  return attempt ? `it was refused, and nothing more is known${late}` : 'no attempt could be made';
}

function advice({ event, attempt }: DueRecipient, facts: ClassFacts | undefined): string {
  if (event === 'delayed') return facts?.fault === 'recipient' ? facts.advice : 'Nothing. We keep trying.';
  if (facts) return facts.advice;
  return attempt?.stage === 'internal'
    ? 'Ask your mail administrators; what they said is below.'
    : 'Give this report to your mail administrators.';
}

function said({ reply, host }: NonNullable<DueRecipient['attempt']>): readonly string[] {
  const who = reply.from === 'remote' ? `What ${oneLine(host ?? '') || 'their server'} said` : 'What we found';
  return [`    ${who}:`, ...wrap([reply.code, reply.enhanced, reply.text].filter(Boolean).join(' '), '        ')];
}

function people(count: number): string {
  return count === 1 ? 'this recipient' : `these ${count} recipients`;
}
