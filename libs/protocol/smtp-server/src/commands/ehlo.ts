import { bareReply, replies } from '@postern/smtp';
import { offeredMechanisms } from '../mechanisms.ts';
import { futureReleaseOffer } from '../parameters/future-release.ts';
import type { Session } from '../session.ts';
import { answerEmpty, refuse, type Step } from '../step.ts';
import type { CommandLine } from './command.ts';

/** EHLO names the client and asks what we can do (RFC 5321 §4.1.1.1). It also ends the transaction that is open (§4.1.4). */
export function ehlo(session: Session, { argument }: CommandLine): Step {
  if (!isClientName(argument)) return refuse(session, replies.malformedArgument('Expected EHLO and your host name'));
  const greeted = greetedAs(session, { name: argument, esmtp: true });
  return answerEmpty(greeted, bareReply(250, greeted.settings.hostname, ...extensions(greeted)));
}

/** HELO names a client that knows no extensions (RFC 5321 §4.1.1.1). */
export function helo(session: Session, { argument }: CommandLine): Step {
  if (!isClientName(argument)) return refuse(session, replies.malformedArgument('Expected HELO and your host name'));
  return answerEmpty(greetedAs(session, { name: argument, esmtp: false }), bareReply(250, session.settings.hostname));
}

/** What we offer at this moment of the session: each line is a promise. */
export function extensions(session: Session): readonly string[] {
  const { settings, client, principal } = session;
  const offered = [
    'PIPELINING', // RFC 2920
    `SIZE ${settings.limits.maxMessageOctets}`, // RFC 1870
    '8BITMIME', // RFC 6152
    'ENHANCEDSTATUSCODES', // RFC 2034
    'SMTPUTF8', // RFC 6531
    'DSN', // RFC 3461
    `LIMITS RCPTMAX=${settings.limits.maxRecipients}`, // RFC 9422
    'DELIVERBY', // RFC 2852
    'MT-PRIORITY', // RFC 6710
    futureReleaseOffer(settings.limits.maxHoldSeconds, settings.now()), // RFC 4865
  ];
  // RFC 8689 §2: under TLS only.
  if (client.tls) offered.push('REQUIRETLS');
  // RFC 3207 §4.2: not once TLS is active.
  if (settings.startTls === 'offered' && !client.tls) offered.push('STARTTLS');
  // RFC 4954 §4, RFC 8314 §3.3: never in clear, since PLAIN and LOGIN give the secret away.
  const mechanisms = principal ? [] : offeredMechanisms(session);
  if (mechanisms.length > 0) offered.push(`AUTH ${mechanisms.map((each) => each.name).join(' ')}`);
  return offered;
}

function greetedAs(session: Session, said: { name: string; esmtp: boolean }): Session {
  return { ...session, client: { ...session.client, ...said }, transaction: undefined };
}

/** RFC 5321 §4.1.4: a name that does not prove to be the client's must not be refused; one that could not be written in a log may be. */
function isClientName(text: string): boolean {
  return /^[!-~]{1,255}$/.test(text);
}
