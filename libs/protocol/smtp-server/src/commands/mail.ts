import { readReversePath, replies } from '@postern/smtp';
import { readMailParameters } from '../parameters/mail-parameters.ts';
import type { MailVerdict, Principal } from '../policy.ts';
import type { OpenTransaction, Session } from '../session.ts';
import { answer, askPolicy, pass, ready, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';
import { isAscii, pathRefusal } from './path-refusal.ts';

/** MAIL opens a mail transaction (RFC 5321 §3.3, §4.1.1.2). */
export function mail(session: Session, { argument }: CommandLine): Step {
  const { settings, client, principal } = session;
  if (client.name === undefined) return refuse(session, replies.badSequence('Send EHLO first'));
  // RFC 6409 §4.3: a submission server refuses mail from a client that it does not know.
  if (settings.authentication === 'required' && !principal) {
    return refuse(session, client.tls ? replies.authenticationRequired : replies.tlsRequired);
  }
  if (session.transaction) return refuse(session, replies.badSequence('A mail transaction is open already'));
  const [from] = /^FROM: */i.exec(argument) ?? [];
  if (from === undefined) return refuse(session, replies.malformedArgument('Expected MAIL FROM:<reverse-path>'));
  const path = argument.slice(from.length);
  const reading = readReversePath(path, { smtpUtf8: true });
  if (!reading.path) return refuse(session, pathRefusal(reading.fault, replies.malformedReversePath));
  const parameters = readMailParameters(reading.rest, { client, limits: settings.limits, now: settings.now });
  if (parameters.kind === 'refused') return refuse(session, parameters.reply);
  if (!parameters.parameters.smtpUtf8 && !isAscii(path.slice(0, path.length - reading.rest.length)))
    return refuse(session, replies.needsSmtpUtf8);
  const transaction: OpenTransaction = {
    client,
    principal,
    reversePath: reading.path,
    parameters: parameters.parameters,
    recipients: [],
    recipientsTried: 0,
  };
  return askPolicy({ ...session, transaction }, { about: 'mail', transaction });
}

/** What the policy says of the reverse-path. */
export function mailAnswered(session: Session, verdict: MailVerdict<Principal>): Step {
  const { transaction } = session;
  if (verdict.kind === 'refused' || !transaction) {
    const reply = verdict.kind === 'refused' ? verdict.reply : replies.localFault;
    const ended = { ...ready(session), transaction: undefined };
    return reply.code >= 500 ? refuse(ended, reply) : pass(ended, reply);
  }
  const principal = verdict.as ?? transaction.principal;
  return answer({ ...ready(session), transaction: { ...transaction, principal } }, replies.reversePathOk);
}
