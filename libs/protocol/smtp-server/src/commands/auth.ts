import { decodeBase64, type ServerStep } from '@postern/sasl';
import { replies, type Reply } from '@postern/smtp';
import type { Authentication, Principal } from '../policy.ts';
import type { Session } from '../session.ts';
import { answer, askPolicy, hangUp, ready, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';

/** AUTH (RFC 4954 §4). */
export function auth(session: Session, { argument }: CommandLine): Step {
  const { settings, client } = session;
  if (settings.authentication === 'none') return refuse(session, replies.notImplemented);
  if (!client.esmtp) return refuse(session, replies.badSequence('Send EHLO first'));
  if (!client.tls) return refuse(session, replies.encryptionRequiredForAuth);
  if (session.principal) return refuse(session, replies.badSequence('Authenticated already'));
  if (session.transaction) return refuse(session, replies.badSequence('Not within a mail transaction'));
  const [name = '', initial, ...more] = argument.split(/ +/);
  if (name === '' || more.length > 0)
    return refuse(session, replies.malformedArgument('Expected AUTH and a mechanism'));
  const mechanism = settings.mechanisms.find((each) => each.name === name.toUpperCase());
  if (!mechanism) return refuse(session, replies.unknownMechanism);
  if (initial === undefined) return follow(session, mechanism.start(undefined));
  // RFC 4954 §4: a response of no octets is written `=`.
  const response = initial === '=' ? Buffer.alloc(0) : decodeBase64(initial);
  return response ? follow(session, mechanism.start(response)) : refuse(session, replies.malformedBase64);
}

/** A line in answer to a challenge (RFC 4954 §4). */
export function authResponse(session: Session, next: (response: Buffer) => ServerStep, line: string): Step {
  if (line === '*') return refuse(ready(session), replies.authCancelled);
  const response = decodeBase64(line);
  return response ? follow(session, next(response)) : refuse(ready(session), replies.malformedBase64);
}

/** What the policy says of the credentials. */
export function authenticateAnswered(session: Session, verdict: Authentication<Principal>): Step {
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
    case 'credentials':
      return askPolicy(session, { about: 'authenticate', credentials: step.credentials, client: session.client });
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
