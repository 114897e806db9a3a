import { replies } from '@postern/smtp';
import type { Session } from '../session.ts';
import { answerEmpty, type Step } from '../step.ts';

/** NOOP does nothing, whatever its argument (RFC 5321 §4.1.1.9). */
export function noop(session: Session): Step {
  return answerEmpty(session, replies.ok);
}
