import { replies } from '@postern/smtp';
import type { TlsFacts } from '../client.ts';
import { mayUseExtensions, type Session } from '../session.ts';
import { ready, rebuff, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';

/** STARTTLS (RFC 3207 §4). */
export function starttls(session: Session, { argument, followed }: CommandLine): Step {
  if (argument !== '') return refuse(session, replies.malformedArgument('STARTTLS takes no argument'));
  if (session.client.tls) return refuse(session, replies.badSequence('TLS is active already'));
  if (session.settings.startTls === 'absent') return refuse(session, replies.notImplemented);
  if (!mayUseExtensions(session)) return refuse(session, replies.badSequence('Send EHLO first'));
  if (session.transaction) return refuse(session, replies.badSequence('Not within a mail transaction'));
  // RFC 3207 §4: STARTTLS is the last command of a group. What follows it in clear could be anyone's words, to be taken for the client's under TLS.
  if (followed) return rebuff(session, replies.pipelinedStartTls);
  return {
    session: { ...session, phase: { kind: 'starting-tls' } },
    effects: [{ kind: 'reply', reply: replies.readyToStartTls }, { kind: 'start-tls' }],
  };
}

/** The handshake is done. RFC 3207 §4.2: nothing that was said before it counts. */
export function tlsEstablished(session: Session, tls: TlsFacts): Step {
  const client = { ...session.client, name: undefined, esmtp: false, tls };
  return { session: ready({ ...session, client, principal: undefined, transaction: undefined }), effects: [] };
}
