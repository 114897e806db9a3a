import { isPositive, replies, type Reply } from '@postern/smtp';
import type { ContentOutcome } from '../content/content-receiver.ts';
import type { ContentVerdict } from '../policy.ts';
import type { Session } from '../session.ts';
import { askPolicy, pass, ready, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';

/** DATA (RFC 5321 §3.3, §4.1.1.4). */
export function data(session: Session, { argument }: CommandLine): Step {
  const { transaction } = session;
  if (argument !== '') return refuse(session, replies.malformedArgument('DATA takes no argument'));
  if (!transaction) return refuse(session, replies.badSequence('Send MAIL and RCPT first'));
  if (transaction.recipients.length === 0) {
    return refuse(
      session,
      transaction.recipientsTried > 0 ? replies.noValidRecipients : replies.badSequence('Send RCPT first'),
    );
  }
  return askPolicy(session, { about: 'content', transaction });
}

/** Where the policy says that the content goes. */
export function contentAnswered(session: Session, verdict: ContentVerdict): Step {
  if (verdict.kind === 'refused') return pass({ ...ready(session), transaction: undefined }, verdict.reply);
  const { profile, limits } = session.settings;
  return {
    session: { ...session, phase: { kind: 'content' } },
    effects: [
      { kind: 'reply', reply: replies.startMailInput },
      {
        kind: 'read-content',
        sink: verdict.sink,
        maxOctets: limits.maxMessageOctets,
        bareLineFeeds: profile.bareLineFeeds,
      },
    ],
  };
}

/** The end of mail data: whatever became of the message, the transaction is over (RFC 5321 §4.1.1.4). */
export function contentEnded(session: Session, outcome: ContentOutcome): Step {
  const ended: Session = { ...ready(session), transaction: undefined };
  const reply = replyTo(ended, outcome);
  if (!isPositive(reply)) return pass(ended, reply);
  const counts = { ...ended.counts, messages: ended.counts.messages + 1, errors: 0, emptyCommands: 0 };
  return pass({ ...ended, counts }, reply);
}

function replyTo({ settings }: Session, outcome: ContentOutcome): Reply {
  if (outcome.kind === 'answered') return outcome.reply;
  switch (outcome.because) {
    case 'too-big':
      return replies.tooBig(settings.limits.maxMessageOctets);
    case 'stray-octet':
      return replies.strayLineEnd;
    case 'sink-failed':
      return replies.localFault;
  }
}
