import { decodeBase64, type CredentialsStep, type ServerStep } from '@postern/sasl';
import { replies, type Reply } from '@postern/smtp';
import type { Authentication, Principal } from '../policy.ts';
import { channelOf, offeredMechanisms } from '../mechanisms.ts';
import { mayUseExtensions, type Session } from '../session.ts';
import { answer, askPolicy, hangUp, ready, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';

/** AUTH (RFC 4954 §4). */
export function auth(session: Session, { argument }: CommandLine): Step {
  const { settings, client } = session;
  if (settings.authentication === 'none') return refuse(session, replies.notImplemented);
  if (!mayUseExtensions(session)) return refuse(session, replies.badSequence('Send EHLO first'));
  if (!client.tls) return refuse(session, replies.encryptionRequiredForAuth);
  if (session.principal) return refuse(session, replies.badSequence('Authenticated already'));
  if (session.transaction) return refuse(session, replies.badSequence('Not within a mail transaction'));
  const [name = '', initial, ...more] = argument.split(/ +/);
  if (name === '' || more.length > 0)
    return refuse(session, replies.malformedArgument('Expected AUTH and a mechanism'));
  const mechanism = offeredMechanisms(session).find((each) => each.name === name.toUpperCase());
  if (!mechanism) return refuse(session, replies.unknownMechanism);
  const channel = channelOf(client);
  if (initial === undefined) return follow(session, mechanism.start(undefined, channel));
  // RFC 4954 §4: a response of no octets is written `=`.
  const response = initial === '=' ? Buffer.alloc(0) : decodeBase64(initial);
  return response ? follow(session, mechanism.start(response, channel)) : refuse(session, replies.malformedBase64);
}

/** A line in answer to a challenge (RFC 4954 §4). */
export function authResponse(session: Session, next: (response: Buffer) => ServerStep, line: string): Step {
  if (line === '*') return refuse(ready(session), replies.authCancelled);
  const response = decodeBase64(line);
  return response ? follow(session, next(response)) : refuse(ready(session), replies.malformedBase64);
}

/** The line in which the client takes note of what it was told before the verdict. */
export function authConcluded(session: Session, verdict: Authentication<Principal>, line: string): Step {
  if (verdict.kind === 'refused') return conclude(session, verdict);
  // RFC 4954 §4: additional data with success go in a challenge, and an empty line answers it.
  if (line === '*') return refuse(ready(session), replies.authCancelled);
  return line === '' ? conclude(session, verdict) : refuse(ready(session), replies.malformedAuthentication);
}

/** What is kept of a name's passwords, looked up: the exchange goes on. */
export function verifiersAnswered(session: Session, step: ServerStep): Step {
  return follow(ready(session), step);
}

/** What the policy says of the credentials. */
export function authenticateAnswered(
  session: Session,
  step: CredentialsStep,
  verdict: Authentication<Principal>,
): Step {
  const isFinal = verdict.kind === 'refused' && (verdict.reply.code < 500 || verdict.reply.code === 421);
  const told = verdict.kind === 'accepted' ? step.withSuccess : isFinal ? undefined : step.withFailure;
  if (!told) return conclude(session, verdict);
  return answer({ ...session, phase: { kind: 'concluding', verdict } }, replies.challenge(told.toString('base64')));
}

function conclude(session: Session, verdict: Authentication<Principal>): Step {
  if (verdict.kind === 'accepted') return answer({ ...ready(session), principal: verdict.as }, replies.authenticated);
  return verdict.reply.code < 500 && verdict.reply.code !== 421
    ? answer(ready(session), verdict.reply)
    : failed(ready(session), verdict.reply);
}

function follow(session: Session, step: ServerStep): Step {
  switch (step.kind) {
    case 'challenge':
      return answer(
        { ...session, phase: { kind: 'authenticating', next: step.next } },
        replies.challenge(step.challenge.toString('base64')),
      );
    case 'verifiers':
      return askPolicy(session, { about: 'verifiers', name: step.name, next: step.next, client: session.client });
    case 'credentials':
      return askPolicy(session, { about: 'authenticate', step, client: session.client });
    case 'refused':
      return failed(ready(session), step.reply);
  }
}

/** Guessing needs many connections, and those are counted too. */
function failed(session: Session, reply: Reply): Step {
  if (reply.code === 421) return hangUp(session, reply);
  const authFailures = session.counts.authFailures + 1;
  const counted = { ...session, counts: { ...session.counts, authFailures } };
  return authFailures >= session.settings.limits.maxAuthFailures
    ? hangUp(counted, reply, replies.tooManyAuthFailures)
    : refuse(counted, reply);
}
