import { SERVER_MECHANISMS, type ServerMechanism } from '@postern/sasl';
import type { ListenerKind } from './client.ts';
import { STANDARD_PROFILE, type ListenerProfile } from './profile.ts';

/** How a listener behaves. */
export interface ServerSettings {
  /** What we call ourselves in the greeting and in the reply to EHLO. */
  readonly hostname: string;
  /** Whether MAIL needs AUTH before it (RFC 6409 §4.3), or it is offered, or there is none. */
  readonly authentication: 'required' | 'optional' | 'none';
  /** Offered under TLS only, each where the channel has what it needs. */
  readonly mechanisms: readonly ServerMechanism[];
  /** Whether there is a certificate, so that STARTTLS can be offered to a client in clear. */
  readonly startTls: 'offered' | 'absent';
  readonly profile: ListenerProfile;
  readonly limits: ServerLimits;
  /** The time, for what is said in instants. */
  readonly now: () => Date;
}

export interface ServerLimits {
  /** RFC 1870: what SIZE says. */
  readonly maxMessageOctets: number;
  /** RCPT commands in one transaction, those refused included (RFC 5321 §4.5.3.1.8: at least 100). */
  readonly maxRecipients: number;
  /** A command line with its CRLF (RFC 5321 §4.5.3.1.4 says 512, and more with extensions). */
  readonly maxCommandOctets: number;
  /** Commands refused, since the last message accepted, before the session is ended. */
  readonly maxErrors: number;
  /** Commands that lead to no mail (NOOP, RSET, VRFY …), since the last message accepted. */
  readonly maxEmptyCommands: number;
  readonly maxAuthFailures: number;
  /** How long a message may be kept for a future release (RFC 4865 §4). */
  readonly maxHoldSeconds: number;
}

export const DEFAULT_SERVER_LIMITS: ServerLimits = Object.freeze({
  maxMessageOctets: 36_700_160,
  maxRecipients: 1000,
  maxCommandOctets: 2048,
  maxErrors: 20,
  maxEmptyCommands: 100,
  maxAuthFailures: 4,
  maxHoldSeconds: 14 * 24 * 60 * 60,
});

/** RFC 4954 §4.3: a line of an authentication exchange, and AUTH with an initial response, has at most 12288 octets. */
export const MAX_LINE_OCTETS = 12_288;

/** The settings of a kind of listener. */
export function settingsOf(options: {
  readonly listener: ListenerKind;
  readonly hostname: string;
  readonly certificate: 'present' | 'absent';
  /** When not given, those that need nothing but a store of credentials. */
  readonly mechanisms?: readonly ServerMechanism[];
  readonly profile?: ListenerProfile;
  readonly limits?: Partial<ServerLimits>;
  readonly now?: () => Date;
}): ServerSettings {
  const { profile = STANDARD_PROFILE } = options;
  return {
    hostname: options.hostname,
    authentication: options.listener !== 'relay' ? 'required' : profile.name === 'devices' ? 'optional' : 'none',
    mechanisms: options.mechanisms ?? SERVER_MECHANISMS,
    startTls: options.certificate === 'present' ? 'offered' : 'absent',
    profile,
    limits: { ...DEFAULT_SERVER_LIMITS, ...options.limits },
    now: options.now ?? (() => new Date()),
  };
}
