import { replies } from '@postern/smtp';
import type { Session } from '../session.ts';
import { rebuff, refuse, type Step } from '../step.ts';

/** A command of the standards that we do not have (RFC 5321 §4.2.4: 502). */
export function unsupported(session: Session): Step {
  return refuse(session, replies.notImplemented);
}

/** A command that nobody knows (RFC 5321 §4.2.4: 500). */
export function unknown(session: Session): Step {
  return refuse(session, replies.unknownCommand);
}

/** The first line of HTTP: a browser or a scanner, whose header fields and body must not be read as commands. */
export function http(session: Session): Step {
  return rebuff(session, replies.notSmtp);
}
