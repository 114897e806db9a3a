import { replies } from '@postern/smtp';
import type { Session } from '../session.ts';
import { hangUp, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';

/** QUIT (RFC 5321 §4.1.1.10). */
export function quit(session: Session, { argument }: CommandLine): Step {
  if (argument !== '') return refuse(session, replies.malformedArgument('QUIT takes no argument'));
  return hangUp(session, replies.bye);
}
