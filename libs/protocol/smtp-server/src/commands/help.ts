import { replies } from '@postern/smtp';
import type { Session } from '../session.ts';
import { answerEmpty, type Step } from '../step.ts';

/** HELP (RFC 5321 §4.1.1.8). */
export function help(session: Session): Step {
  return answerEmpty(session, replies.helpText);
}
