import type { Reply } from '@postern/smtp';
import type { ClientCredentials } from '@postern/sasl';
import type { ChannelDemand, TlsFacts, TlsFailure } from '@postern/tls-policy';
import type { Extensions } from './extensions.ts';
import type { ConnectionFault } from './fault.ts';
import type { Transaction, TransactionEnd } from './transaction.ts';

/** Opens sessions with mail hosts. */
export interface Dialer {
  /** Connects, proves the channel, authenticates. Never throws; what went wrong is in the end. */
  dial(target: DialTarget): Promise<DialEnd>;
}

export interface DialTarget {
  /** The mail host's name: goes into TLS (SNI) and is what a certificate must prove. An address literal's address where it has none. */
  readonly host: string;
  /** The IP address to connect to. Nothing is resolved here, so what was checked is what is dialled. */
  readonly address: string;
  readonly port: number;
  /** The source address; the system's choice when not given. */
  readonly localAddress?: string;
  /** What to say in EHLO; the dialer's own name when not given. */
  readonly localName?: string;
  /** TLS before the greeting (RFC 8314 §3) instead of STARTTLS. */
  readonly implicitTls?: boolean;
  readonly demand: ChannelDemand;
  readonly auth?: ClientCredentials;
  /** What we show in TLS, when asked: a certificate with its chain and its private key, in PEM. */
  readonly clientCertificate?: string;
  readonly signal?: AbortSignal;
}

export type DialEnd =
  | { readonly kind: 'connected'; readonly connection: MailHostConnection }
  | { readonly kind: 'refused'; readonly refusal: DialRefusal };

/** Why there is no session. Whether the next mail host is tried is for the caller to say. */
export interface DialRefusal {
  readonly fault: ConnectionFault;
  /** The reply that refused us: to the greeting, EHLO, STARTTLS or AUTH. */
  readonly reply?: Reply;
  /** Why the channel is not what was demanded, for the attempt's record and for TLS reports. */
  readonly tlsFailure?: TlsFailure;
  readonly tls?: TlsFacts;
  readonly banner?: string;
  readonly stepsMs: Readonly<Record<string, number>>;
}

/** An open session with a mail host. */
export interface MailHostConnection {
  readonly facts: ConnectionFacts;
  /**
   * Sends a message. Never throws; what went wrong is in the end.
   *
   * May be called while other transactions are under way: they are sent in order, and where the host offers PIPELINING
   * the next one's commands travel behind the final dot of the one before.
   */
  transact(transaction: Transaction): Promise<TransactionEnd>;
  /** Whether another transaction may be begun: the session is sound and the host's limits are not reached. */
  readonly usable: boolean;
  /** Ends the session with QUIT when the transactions under way have ended. Does not wait long, and never throws. */
  close(): Promise<void>;
  /** Ends the session at once. */
  destroy(): void;
}

export interface ConnectionFacts {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly localAddress: string | undefined;
  /** The greeting's text. */
  readonly banner: string;
  readonly extensions: Extensions;
  readonly tls?: TlsFacts;
  /** Why the session is in clear, or its certificate proves nothing, where the demand forgives that. */
  readonly tlsFailure?: TlsFailure;
  /** Why the channel will do. */
  readonly because: string;
  /** How long each step took: connect, tls, greeting, ehlo, starttls, auth. */
  readonly stepsMs: Readonly<Record<string, number>>;
}
