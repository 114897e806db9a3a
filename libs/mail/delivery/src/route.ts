import type { QueueId, RouteRule } from '@postern/queue';
import type { ClientCredentials } from '@postern/sasl';

/** An upstream smarthost as an operator set it. */
export interface Route {
  readonly queueId: QueueId;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: 'opportunistic' | 'require' | 'verify' | 'dane';
  /** TLS before the greeting (RFC 8314 §3). */
  readonly implicitTls: boolean;
  readonly auth: ClientCredentials | undefined;
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
}
