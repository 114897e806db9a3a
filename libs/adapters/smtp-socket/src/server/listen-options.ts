import type { AddressInfo } from 'node:net';
import type { ServerMechanism } from '@postern/sasl';
import type {
  Client,
  ListenerKind,
  ListenerProfile,
  Principal,
  ServerLimits,
  SubmissionPolicy,
} from '@postern/smtp-server';
import type { ConnectionCounts, ConnectionLimits } from './connection-counts.ts';
import type { ServerTls } from './handshake.ts';
import type { ServerLog } from './log.ts';
import type { ServerTimeouts } from './patience.ts';
import type { Ending } from './server-connection.ts';

export interface ListenOptions {
  readonly kind: ListenerKind;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** TLS from the first octet (RFC 8314 §3.3), instead of STARTTLS; when left out, that is what `submissions` means. */
  readonly implicitTls?: boolean;
  /** Undefined: no TLS. */
  readonly tls: ServerTls | undefined;
  /** What AUTH is offered with, where the channel allows; those that need nothing but a store when not given. */
  readonly mechanisms?: readonly ServerMechanism[];
  readonly profile?: ListenerProfile;
  /** The load balancers, as CIDRs: who connects from there begins with a PROXY header; nobody else is heard with one. */
  readonly proxyNetworks?: readonly string[];
  readonly policy: SubmissionPolicy;
  /** What we call ourselves. */
  readonly hostname: string;
  readonly limits?: Partial<ServerLimits & ConnectionLimits>;
  /** To count connections together with other listeners, by its own limits; otherwise this listener counts its own. */
  readonly connections?: ConnectionCounts;
  readonly timeouts?: Partial<ServerTimeouts>;
  readonly log: ServerLog;
  /** What happens at the listener, for metrics. */
  readonly observe?: (event: ListenerEvent) => void;
}

export type ListenerEvent =
  | { readonly kind: 'opened'; readonly listener: ListenerKind }
  /** Over the limits of connections. */
  | { readonly kind: 'refused'; readonly listener: ListenerKind }
  | { readonly kind: 'ended'; readonly listener: ListenerKind; readonly ending: Ending; readonly messages: number };

export interface SmtpListener {
  readonly address: AddressInfo;
  /** The sessions that are open. */
  sessions(): readonly OpenSession[];
  /**
   * Takes no new connections, ends idle sessions with 421, lets open transactions end within `graceMs`, then ends those
   * too. Resolves when every connection is gone.
   */
  close(graceMs: number): Promise<void>;
}

export interface OpenSession {
  readonly client: Client;
  readonly principal: Principal | undefined;
  readonly messages: number;
}
