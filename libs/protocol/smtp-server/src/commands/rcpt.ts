import { readForwardPath, replies } from '@postern/smtp';
import { readRcptParameters } from '../parameters/rcpt-parameters.ts';
import type { Verdict } from '../policy.ts';
import type { OpenTransaction, Session } from '../session.ts';
import { answer, askPolicy, pass, ready, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';
import { isAscii, pathRefusal } from './path-refusal.ts';

/** RCPT adds a recipient to the transaction (RFC 5321 §3.3, §4.1.1.3). */
export function rcpt(session: Session, { argument }: CommandLine): Step {
  const { transaction, settings, client } = session;
  if (!transaction) return refuse(session, replies.badSequence('Send MAIL first'));
  // Refused recipients are no errors of the session: an application with a long list of stale addresses goes on. They count here instead.
  if (transaction.recipientsTried >= settings.limits.maxRecipients) return answer(session, replies.tooManyRecipients);
  const tried: OpenTransaction = { ...transaction, recipientsTried: transaction.recipientsTried + 1 };
  const counted: Session = { ...session, transaction: tried };
  const [to] = /^TO: */i.exec(argument) ?? [];
  if (to === undefined) return answer(counted, replies.malformedArgument('Expected RCPT TO:<forward-path>'));
  const path = argument.slice(to.length);
  const reading = readForwardPath(path, { smtpUtf8: true });
  if (!reading.path) return answer(counted, pathRefusal(reading.fault, replies.malformedForwardPath));
  const { smtpUtf8 } = transaction.parameters;
  if (!smtpUtf8 && !isAscii(path.slice(0, path.length - reading.rest.length)))
    return answer(counted, replies.needsSmtpUtf8);
  const parameters = readRcptParameters(reading.rest, { esmtp: client.esmtp, smtpUtf8 });
  if (parameters.kind === 'refused') return answer(counted, parameters.reply);
  const recipient = { forwardPath: reading.path, ...parameters.parameters };
  return askPolicy(counted, { about: 'rcpt', transaction: tried, recipient });
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
