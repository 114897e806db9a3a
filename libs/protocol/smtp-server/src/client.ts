import type { ChannelBindingType } from '@postern/sasl';
import type { Reply } from '@postern/smtp';
import type { ListenerProfile } from './profile.ts';

/** The kinds of listener: submission with STARTTLS, submission under TLS from the first octet (RFC 8314 §3.3), relay for listed networks. */
export type ListenerKind = 'submission' | 'submissions' | 'relay';

/** The other end of a session, as far as it is known by now. A new value each time that something becomes known. */
export interface Client {
  /** The same object throughout one connection: a key for what a policy remembers about it. */
  readonly session: SessionHandle;
  readonly listener: ListenerKind;
  /** The name of the listener's profile. */
  readonly profile: ListenerProfile['name'];
  /** The address as text; an IPv4 client of an IPv6 socket has its IPv4 address. */
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** What EHLO or HELO said: printable ASCII without spaces, unproved; undefined before, and again after STARTTLS. */
  readonly name: string | undefined;
  /** Whether the client said EHLO. */
  readonly esmtp: boolean;
  /** Undefined in clear. */
  readonly tls: TlsFacts | undefined;
}

export interface TlsFacts {
  /** `TLSv1.3` … */
  readonly protocol: string;
  /** The cipher suite's name in the standards, `TLS_AES_256_GCM_SHA384` … */
  readonly cipher: string;
  /** The name that the client asked for (SNI). */
  readonly serverName: string | undefined;
  /** What binds an authentication to this channel (RFC 5056), for each type that it has. */
  readonly binding?: (type: ChannelBindingType) => Buffer | undefined;
  /** The certificate that the client showed, whoever has issued it; it has proved that it holds the key. */
  readonly clientCertificate?: ClientCertificate | undefined;
}

export interface ClientCertificate {
  /** In hex. */
  readonly fingerprintSha256: string;
  /** As in `O=Lab, CN=device`, special characters inside a value escaped (RFC 4514 §2.4). */
  readonly subject: string;
  /** `ours`: an authority whose word about subjects we take has issued it. */
  readonly issuer: 'ours' | 'anybody';
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** A connection, from outside the protocol. */
export interface SessionHandle {
  readonly id: string;
  /**
   * Ends the session: the client hears the reply (a 421) and the connection closes. Content that is coming in is
   * dropped; a message whose end has been handed to the sink is answered first.
   */
  end(reply: Reply): void;
}
