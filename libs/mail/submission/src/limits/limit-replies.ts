import { reply, type Reply } from '@postern/smtp';
import type { Standing } from './rate-limiter.ts';

/** A limit of messages, or of recipients by a whole message, is reached: it is not the client's fault for good (RFC 3463 §3.8, 4.7.1). */
export function limitReached(name: string, { waitSeconds, messagesLeft }: Standing, now: Date): Reply {
  const what = messagesLeft === 0 ? 'messages' : 'recipients';
  return reply(451, '4.7.1', `The limit of ${what} for ${name} is reached, ${comeBack(waitSeconds, now)}`);
}

/** No more recipients for now; those accepted before are sent to (RFC 5321 §4.5.3.1.10). */
export function recipientLimitReached(name: string, { waitSeconds }: Standing, now: Date): Reply {
  return reply(452, '4.5.3', `The limit of recipients for ${name} is reached, ${comeBack(waitSeconds, now)}`);
}

export function tooManyRecipientsFor(name: string, most: number): Reply {
  return reply(452, '4.5.3', `A message of ${name} has at most ${most} recipients, send the others in another`);
}

/** Whoever waits for a session to end comes back on another connection. */
export function tooManySessions(name: string, most: number): Reply {
  return reply(421, '4.7.0', `${name} has ${most} sessions open, its limit; close one or come back later`);
}

/** In how many seconds, and when that is. */
function comeBack(waitSeconds: number, now: Date): string {
  const seconds = Math.max(1, waitSeconds);
  const at = new Date(now.getTime() + seconds * 1000).toISOString().replace(/\.\d+/, '');
  return `try again in ${seconds} seconds (${at})`;
}
