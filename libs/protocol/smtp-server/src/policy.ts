import type { ForwardPath, Reply, ReversePath } from '@postern/smtp';
import type { Credentials, ScramLookup } from '@postern/sasl';
import type { Client } from './client.ts';
import type { NotifyOn } from './parameters/dsn.ts';

/**
 * The decisions that the protocol leaves to us, asked command by command.
 *
 * The protocol has judged grammar, order and limits before it asks, asks one question at a time in each session, and
 * answers the client in the order of its commands. A method may answer at once or later. A method that throws has
 * decided nothing: the client hears 4yz (RFC 5321 §4.2.1) and the session goes on.
 *
 * `P` is whom a client has proved to be. The protocol carries it and knows only its name.
 */
export interface SubmissionPolicy<P extends Principal = Principal> {
  /** A client connected, before the greeting; where TLS comes first, behind the handshake. A refusal (554, 421) takes the greeting's place. */
  connected(client: Client): Awaitable<Verdict>;

  /** AUTH: who is this? Asked under TLS only. An answer of 4yz says that nobody could look (RFC 4954 §4: 454). */
  authenticate(credentials: Credentials, client: Client): Awaitable<Authentication<P>>;

  /**
   * AUTH with SCRAM: what is kept of a name's passwords. The answer for a name that nobody has is like any other: a salt
   * that is always the same, and no verifiers.
   */
  verifiers(name: string, client: Client): Awaitable<ScramLookup>;

  /** MAIL: may this client, as whom it has proved to be, send from this reverse-path? The transaction has no recipients yet. */
  mail(transaction: Transaction<P>): Awaitable<MailVerdict<P>>;

  /** RCPT: may it send to this recipient? The transaction has those accepted before. */
  rcpt(transaction: Transaction<P>, recipient: Recipient): Awaitable<Verdict>;

  /** DATA: where the content goes. Asked with at least one recipient. */
  content(transaction: Transaction<P>): Awaitable<ContentVerdict>;

  /** The connection has ended, whatever ended it; asked once for each client that was asked about in `connected`. */
  closed(client: Client): void;
}

/** Whom a client has proved to be. */
export interface Principal {
  /** What logs call it. */
  readonly name: string;
}

export type Awaitable<T> = T | Promise<T>;

export type Verdict = { readonly kind: 'accepted' } | Refusal;

export interface Refusal {
  readonly kind: 'refused';
  /** 4yz or 5yz. A 421 also ends the session. */
  readonly reply: Reply;
}

export type Authentication<P extends Principal> = { readonly kind: 'accepted'; readonly as: P } | Refusal;

/** `as` says for whom the transaction is where AUTH has not said it: on a relay, the listed network. */
export type MailVerdict<P extends Principal> = { readonly kind: 'accepted'; readonly as?: P } | Refusal;

export type ContentVerdict = { readonly kind: 'accepted'; readonly sink: ContentSink } | Refusal;

/** Takes the content of one message. */
export interface ContentSink {
  /**
   * The next octets, dot-stuffing taken off, line ends all CRLF as far as has been seen. The chunk is the sink's to
   * keep. While a promise is open, nothing more is read from the client. A rejection ends the message with 451.
   */
  write(chunk: Buffer): Awaitable<void>;
  /** The content is complete and sound; the reply is the client's. A rejection is answered with 451: nothing was accepted. */
  end(summary: ContentSummary): Promise<Reply>;
  /** The content will not be completed, or must not be taken. Called at most once, and never after `end`. */
  abort(reason: AbortReason): void;
}

export interface ContentSummary {
  /** Octets of the content, as RFC 1870 §3 counts them. */
  readonly octets: number;
  /** Octets of the longest line without its CRLF (RFC 5322 §2.1.1 allows 998). */
  readonly longestLine: number;
  /** How many octets have the eighth bit set. */
  readonly eightBit: number;
}

export type AbortReason =
  /** The connection was lost, timed out, or was closed by us. */
  | 'disconnected'
  /** More octets than the limit: the client hears 552 5.3.4. */
  | 'too-big'
  /** A bare CR, a bare LF or a NUL: the client hears 554 5.6.0. */
  | 'stray-octet'
  /** The sink itself failed. */
  | 'sink-failed';

/** A mail transaction (RFC 5321 §3.3): the envelope so far. */
export interface Transaction<P extends Principal = Principal> {
  readonly client: Client;
  /** Whom the client has proved to be, or for whom the policy said at MAIL that the transaction is. */
  readonly principal: P | undefined;
  readonly reversePath: ReversePath;
  readonly parameters: MailParameters;
  readonly recipients: readonly Recipient[];
}

export interface Recipient {
  readonly forwardPath: ForwardPath;
  /** Of what the sender wants to hear; an empty list stands for NEVER (RFC 3461 §4.1). */
  readonly notify?: readonly NotifyOn[];
  /** The original recipient with its address type, decoded (RFC 3461 §4.2). */
  readonly orcpt?: string;
}

/** What the parameters of MAIL said. */
export interface MailParameters {
  /** What the client says that the content will have (RFC 1870 §6.1); undefined when it did not say. */
  readonly sizeOctets: number | undefined;
  /** RFC 6152 §2; 7BIT when the client did not say. */
  readonly body: '7BIT' | '8BITMIME';
  /** RFC 6531 §3.4: paths and header fields may have UTF-8. */
  readonly smtpUtf8: boolean;
  /** RFC 3461 §4.3, §4.4, decoded. */
  readonly ret?: 'FULL' | 'HDRS';
  readonly envid?: string;
  /** RFC 8689 §4.1. */
  readonly requireTls?: boolean;
  /** RFC 6710 §4.1: from -9 to 9. */
  readonly priority?: number;
  /** RFC 2852 §4, counted from MAIL. */
  readonly deliverBy?: { readonly seconds: number; readonly mode: 'R' | 'N'; readonly trace: boolean };
  /** RFC 4865 §4. */
  readonly releaseAt?: Date;
}

/** The answer of a policy that has nothing against it. */
export const ACCEPTED = Object.freeze({ kind: 'accepted' });

/** The answer of a policy that refuses. */
export function refused(reply: Reply): Refusal {
  return { kind: 'refused', reply };
}
