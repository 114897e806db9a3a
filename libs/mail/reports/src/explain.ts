import { factsOf, type FaultParty } from '@postern/bounce';
import type { DueMessage, DueRecipient } from './bounce-store.ts';

const MAX_LISTED = 100;

const OPENING: Readonly<Record<DueRecipient['event'], (count: number) => string>> = {
  failed: (count) => `Your message was not delivered to ${people(count)}, and will not be tried again.`,
  delayed: (count) =>
    `Your message has not been delivered to ${people(count)} yet. It is still being tried; you need not send it again.`,
  succeeded: (count) =>
    `Your message was handed on for ${people(count)} to a mail server that tells nothing more of it. You asked to be told.`,
};

const WHOSE: Readonly<Record<FaultParty, string>> = {
  recipient: 'the address, or the mailbox behind it',
  ours: 'the sending side: the message, the sender or our mail server',
  theirs: 'the mail servers on the way to the recipient',
};

/** What became of a message, in plain words: what happened, whose fault it is, what to do, and what the remote host said. */
export function explain(
  message: Pick<DueMessage, 'subject' | 'messageIdField' | 'acceptedAt'>,
  recipients: readonly DueRecipient[],
  about: { readonly event: DueRecipient['event']; readonly hostname: string; readonly retryUntil?: Date | undefined },
): string {
  const shown = recipients.slice(0, MAX_LISTED);
  return [
    `This is the mail system at ${about.hostname}.`,
    '',
    ...wrap(OPENING[about.event](recipients.length), ''),
    '',
    `    Subject:    ${oneLine(message.subject) || '(none)'}`,
    `    Sent:       ${message.acceptedAt.toUTCString()}`,
    `    Message-ID: ${oneLine(message.messageIdField)}`,
    ...(about.retryUntil ? [`    Tried until: ${about.retryUntil.toUTCString()}`] : []),
    '',
    ...shown.flatMap((recipient) => [...about_(recipient), '']),
    ...(recipients.length > shown.length
      ? [`… and ${recipients.length - shown.length} more, in the report below.`, '']
      : []),
    'What follows is the same for machines.',
    '',
  ].join('\n');
}

function about_({ forwardPath, attempt, event, state }: DueRecipient): readonly string[] {
  const head = `<${oneLine(forwardPath)}>`;
  if (event === 'succeeded') return [head];
  const facts = attempt?.class && factsOf(attempt.class);
  const means = facts ? facts.means : 'no attempt could be made';
  const late = state === 'expired' ? '; it was tried until its time was over' : '';
  const whose = facts && event === 'failed' ? wrap(`Whose fault: ${WHOSE[facts.fault]}.`, '    ') : [];
  const advice = facts && event === 'failed' ? wrap(`What to do: ${facts.advice}`, '    ') : [];
  const said = attempt
    ? [
        `    ${attempt.reply.from === 'remote' ? `What ${attempt.host ?? 'their server'} said` : 'What we found'}:`,
        ...wrap(`${attempt.reply.code} ${attempt.reply.enhanced ?? ''} ${attempt.reply.text}`, '        '),
      ]
    : [];
  return [head, ...wrap(`What happened: ${means}${late}.`, '    '), ...whose, ...advice, ...said];
}

function people(count: number): string {
  return count === 1 ? 'this recipient' : `${count} recipients`;
}

/** Lines of at most 76 characters. A word of a remote host begins no line of its own kind: it stands behind an indent. */
function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > 76) {
      lines.push(indent + line);
      line = '';
    }
    line += line === '' ? word.slice(0, 400) : ` ${word.slice(0, 400)}`;
  }
  return [...lines, indent + line];
}

function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 1_000);
}
