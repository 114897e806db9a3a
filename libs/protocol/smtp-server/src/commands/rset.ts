import { replies } from '@postern/smtp';
import type { Session } from '../session.ts';
import { answerEmpty, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';

/** RSET ends the transaction that is open (RFC 5321 §4.1.1.5). */
export function rset(session: Session, { argument }: CommandLine): Step {
  if (argument !== '') return refuse(session, replies.malformedArgument('RSET takes no argument'));
  return answerEmpty({ ...session, transaction: undefined }, replies.ok);
}
