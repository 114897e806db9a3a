import type { QueueId, RouteRule } from '@postern/queue';
import type { ClientCredentials } from '@postern/sasl';

/** An upstream smarthost as an operator set it. */
export interface Route extends RouteRule {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: 'opportunistic' | 'require' | 'verify';
  /** TLS before the greeting (RFC 8314 §3). */
  readonly implicitTls: boolean;
  readonly auth: ClientCredentials | undefined;
}

/** The routes, in the order in which they are asked. */
export interface Routes {
  byQueue(queueId: QueueId): Promise<Route | undefined>;
  all(): Promise<readonly Route[]>;
}
