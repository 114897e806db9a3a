import { replies } from '@postern/smtp';
import type { Session } from '../session.ts';
import { answerEmpty, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';

/** VRFY tells nobody who exists (RFC 5321 §3.5.3, §7.3). */
export function vrfy(session: Session, { argument }: CommandLine): Step {
  if (argument === '') return refuse(session, replies.malformedArgument('Expected VRFY and a string'));
  return answerEmpty(session, replies.cannotVerify);
}
