import type { QueueId, RouteRule } from '@postern/queue';
import type { ClientCredentials } from '@postern/sasl';

/** A smarthost of a route. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
  /** The lowest is tried first; among equals by chance. */
  readonly preference: number;
  /** TLS before the greeting (RFC 8314 §3). */
  readonly implicitTls: boolean;
}

/** A route as an operator set it. */
export interface Route {
  readonly queueId: QueueId;
  readonly name: string;
  /** `discard`: its mail is as good as delivered; `fail`: it is refused. For tests, and to stop a flood. */
  readonly kind: 'smarthost' | 'discard' | 'fail';
  readonly upstreams: readonly Upstream[];
  readonly tls: 'opportunistic' | 'require' | 'verify' | 'dane';
  readonly auth: ClientCredentials | undefined;
  /** What we show in TLS: a certificate with its chain and its private key, in PEM. */
  readonly clientCertificate?: string | undefined;
}

/** What became of a route. */
export type FoundRoute =
  | { readonly kind: 'route'; readonly route: Route }
  /** It is there, and cannot be used as it was meant: its mail waits. */
  | { readonly kind: 'unusable'; readonly because: string }
  /** It was removed: its mail goes where mail goes without it. */
  | { readonly kind: 'gone' };

/** The routes as they are now. */
export interface Routes {
  byQueue(queueId: QueueId): Promise<FoundRoute>;
  /** Which mail goes by which route, in the order in which they are asked. */
  rules(): Promise<readonly RouteRule[]>;
  /** Hears how a smarthost of a route was found. */
  noteUpstream?(route: Route, upstream: Upstream, found: { readonly ok: boolean; readonly text: string }): void;
}
