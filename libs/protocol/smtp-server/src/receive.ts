import { replies } from '@postern/smtp';
import { authConcluded, authenticateAnswered, authResponse, verifiersAnswered } from './commands/auth.ts';
import { commandOf } from './commands/command-table.ts';
import { contentAnswered, contentEnded } from './commands/data.ts';
import { mailAnswered } from './commands/mail.ts';
import { rcptAnswered } from './commands/rcpt.ts';
import { tlsEstablished } from './commands/starttls.ts';
import type { Event } from './event.ts';
import type { Verdict } from './policy.ts';
import type { Answer } from './question.ts';
import { isAuthenticating, type Session } from './session.ts';
import { answer, hangUp, pass, ready, rebuff, refuse, type Step } from './step.ts';

/**
 * What follows an event. The whole server side of SMTP: whoever carries the octets does the effects in their order, and
 * hands no line in while a question is open, TLS is being started or content is being read.
 */
export function receive(session: Session, event: Event): Step {
  if (session.phase.kind === 'closed') return { session, effects: [] };
  const step = react(session, event);
  const { draining, phase, transaction } = step.session;
  // RFC 5321 §3.8: a server that closes says 421; what has been begun is finished first.
  if (!draining || phase.kind !== 'commands' || transaction) return step;
  const last = hangUp(step.session, replies.shuttingDown);
  return { session: last.session, effects: [...step.effects, ...last.effects] };
}

function react(session: Session, event: Event): Step {
  switch (event.kind) {
    case 'line':
      return line(session, event);
    case 'line-too-long':
      return refuse(ready(session), isAuthenticating(session) ? replies.authLineTooLong : replies.lineTooLong);
    case 'line-without-end':
      return rebuff(session, replies.lineWithoutEnd);
    case 'talked-too-early':
      return rebuff(session, replies.talkedTooEarly);
    case 'not-smtp':
      return rebuff(session, replies.notSmtp);
    case 'answered':
      return answered(session, event.answer);
    case 'tls-established':
      return tlsEstablished(session, event.tls);
    case 'content-ended':
      return contentEnded(session, event.outcome);
    case 'content-without-end':
      return rebuff(session, replies.contentWithoutEnd);
    case 'timed-out':
      return hangUp(session, replies.timedOut);
    case 'bare-line-feed':
      return rebuff(session, replies.malformedLine);
    case 'end':
      return hangUp(session, event.reply);
    case 'drain':
      return { session: { ...session, draining: true }, effects: [] };
  }
}

function line(session: Session, event: Event & { kind: 'line' }): Step {
  const { phase } = session;
  if (phase.kind === 'authenticating') return authResponse(session, phase.next, event.text);
  return phase.kind === 'concluding' ? authConcluded(session, phase.verdict, event.text) : command(session, event);
}

function command(session: Session, { text, followed }: Event & { kind: 'line' }): Step {
  // RFC 5321 §4.1.2: commands are printable; a bare CR or LF inside is someone who wants one line to be two.
  if (/[\0-\x1f\x7f\ufffd]/.test(text)) return refuse(session, replies.malformedLine);
  const space = text.indexOf(' ');
  const verb = space === -1 ? text : text.slice(0, space);
  const isAuth = verb.length === 4 && verb.toUpperCase() === 'AUTH';
  if (!isAuth && isOver(text, session.settings.limits.maxCommandOctets - 2))
    return refuse(session, replies.lineTooLong);
  return commandOf(verb)(session, { argument: space === -1 ? '' : text.slice(space + 1).trim(), followed });
}

function isOver(text: string, octets: number): boolean {
  return text.length * 3 > octets && Buffer.byteLength(text) > octets;
}

function answered(session: Session, given: Answer): Step {
  switch (given.about) {
    case 'connected':
      return connectedAnswered(session, given.verdict);
    case 'verifiers':
      return verifiersAnswered(session, given.step);
    case 'authenticate':
      return authenticateAnswered(session, given.step, given.verdict);
    case 'mail':
      return mailAnswered(session, given.verdict);
    case 'rcpt':
      return rcptAnswered(session, given.verdict);
    case 'content':
      return contentAnswered(session, given.verdict);
    case 'failed':
      return policyFailed(session);
  }
}

/** RFC 5321 §3.1: the greeting, or why there is none. */
function connectedAnswered(session: Session, verdict: Verdict): Step {
  return verdict.kind === 'accepted'
    ? answer(ready(session), replies.serviceReady(session.settings.hostname))
    : hangUp(session, verdict.reply);
}

/** The policy decided nothing: the client comes back, and neither message nor credentials were judged. */
function policyFailed(session: Session): Step {
  const about = session.phase.kind === 'asking' ? session.phase.question.about : undefined;
  switch (about) {
    case 'connected':
      return hangUp(session, replies.internalFault);
    case 'verifiers':
    case 'authenticate':
      return answer(ready(session), replies.cannotAuthenticateNow);
    case 'mail':
    case 'content':
      return pass({ ...ready(session), transaction: undefined }, replies.localFault);
    case 'rcpt':
    case undefined:
      return answer(ready(session), replies.localFault);
  }
}
