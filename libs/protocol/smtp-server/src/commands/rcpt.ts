import { parseParameters, readForwardPath, replies } from '@postern/smtp';
import type { Verdict } from '../policy.ts';
import type { OpenTransaction, Session } from '../session.ts';
import { answer, askPolicy, pass, ready, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';
import { pathRefusal } from './path-refusal.ts';

/** RCPT adds a recipient to the transaction (RFC 5321 §3.3, §4.1.1.3). */
export function rcpt(session: Session, { argument }: CommandLine): Step {
  const { transaction, settings } = session;
  if (!transaction) return refuse(session, replies.badSequence('Send MAIL first'));
  // Refused recipients are no errors of the session: an application with a long list of stale addresses goes on. They count here instead.
  if (transaction.recipientsTried >= settings.limits.maxRecipients) return answer(session, replies.tooManyRecipients);
  const tried: OpenTransaction = { ...transaction, recipientsTried: transaction.recipientsTried + 1 };
  const counted: Session = { ...session, transaction: tried };
  const [to] = /^TO: */i.exec(argument) ?? [];
  if (to === undefined) return answer(counted, replies.malformedArgument('Expected RCPT TO:<forward-path>'));
  const reading = readForwardPath(argument.slice(to.length), { smtpUtf8: false });
  if (!reading.path) return answer(counted, pathRefusal(reading.fault, replies.malformedForwardPath));
  const parameters = parseParameters(reading.rest);
  if (!parameters) return answer(counted, replies.malformedArgument('Malformed parameters'));
  for (const keyword of parameters.keys()) return answer(counted, replies.unknownParameter(keyword));
  return askPolicy(counted, { about: 'rcpt', transaction: tried, recipient: { forwardPath: reading.path } });
}

/** What the policy says of the recipient. */
export function rcptAnswered(session: Session, verdict: Verdict): Step {
  const { transaction, phase } = session;
  if (verdict.kind === 'refused') return pass(ready(session), verdict.reply);
  if (!transaction || phase.kind !== 'asking' || phase.question.about !== 'rcpt') {
    return answer(ready(session), replies.localFault);
  }
  const recipients = [...transaction.recipients, phase.question.recipient];
  return answer({ ...ready(session), transaction: { ...transaction, recipients } }, replies.forwardPathOk);
}
