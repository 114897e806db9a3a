import { replies, type Reply } from '@postern/smtp';
import type { ContentSink } from './policy.ts';
import type { ListenerProfile } from './profile.ts';
import type { Question } from './question.ts';
import { CLOSED, COMMANDS, type Session } from './session.ts';

/** What is to be done, in this order. */
export type Effect =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'ask'; readonly question: Question }
  /** Begin TLS when the reply before it has gone out. */
  | { readonly kind: 'start-tls' }
  /** Read mail data into the sink up to its end. */
  | {
      readonly kind: 'read-content';
      readonly sink: ContentSink;
      readonly maxOctets: number;
      readonly bareLineFeeds: ListenerProfile['bareLineFeeds'];
    }
  /** Send what is to be sent, then close. Whatever comes in is ignored. */
  | { readonly kind: 'close' };

/** What follows an event. */
export interface Step {
  readonly session: Session;
  readonly effects: readonly Effect[];
}

/** The command is done. */
export function answer(session: Session, reply: Reply): Step {
  return { session, effects: [{ kind: 'reply', reply }] };
}

/** The command is an error; too many of them end the session. */
export function refuse(session: Session, reply: Reply): Step {
  const errors = session.counts.errors + 1;
  const counted = { ...session, counts: { ...session.counts, errors } };
  return errors >= session.settings.limits.maxErrors ? hangUp(counted, replies.tooManyErrors) : answer(counted, reply);
}

/** The command is done and leads to no mail; too many of them end the session. */
export function answerEmpty(session: Session, reply: Reply): Step {
  const emptyCommands = session.counts.emptyCommands + 1;
  const counted = { ...session, counts: { ...session.counts, emptyCommands } };
  return emptyCommands > session.settings.limits.maxEmptyCommands
    ? hangUp(counted, replies.tooManyEmptyCommands)
    : answer(counted, reply);
}

/** The policy refused: its reply, and when that is a 421, the end (RFC 5321 §3.8). */
export function pass(session: Session, reply: Reply): Step {
  return reply.code === 421 ? hangUp(session, reply) : answer(session, reply);
}

/** The command needs a decision. */
export function askPolicy(session: Session, question: Question): Step {
  return { session: { ...session, phase: { kind: 'asking', question } }, effects: [{ kind: 'ask', question }] };
}

/** The session ends with these replies. */
export function hangUp(session: Session, ...last: readonly Reply[]): Step {
  return {
    session: { ...session, phase: CLOSED, transaction: undefined },
    effects: [...last.map((reply) => ({ kind: 'reply', reply }) as const), { kind: 'close' }],
  };
}

/** What comes is not to be read as SMTP: one error, and the end. */
export function rebuff(session: Session, reply: Reply): Step {
  return hangUp({ ...session, counts: { ...session.counts, errors: session.counts.errors + 1 } }, reply);
}

/** Back to reading commands. */
export function ready(session: Session): Session {
  return { ...session, phase: COMMANDS };
}
