import type { MailRoute, ROUTE_SORTS, RouteClientCertificate, RouteHealth, RouteUser } from '@postern/admin-contract';
import type { SenderRule } from '@postern/credentials';
import type { OrderedSlice } from './admin-store.ts';

/** Routes to upstream smarthosts, read. */
export interface RouteReads {
  /** Routes in the order in which they are asked, or by name. */
  listRoutes(query: RouteQuery): Promise<readonly MailRoute[]>;

  findRoute(reference: RouteReference): Promise<MailRoute | undefined>;

  routeHealth(queueId: number): Promise<readonly RouteHealth[]>;

  /** Credentials and listed networks that name the route, or have one of its tags. */
  routeUsers(route: Pick<MailRoute, 'id' | 'tags'>): Promise<readonly RouteUser[]>;
}

export interface RouteQuery extends OrderedSlice<Pick<MailRoute, 'position' | 'name'>> {
  readonly sort: (typeof ROUTE_SORTS)[number];
  readonly kind?: MailRoute['kind'] | undefined;
  /** Routes whose name, or one of whose hosts, contains this, without regard to case. */
  readonly nameContains?: string | undefined;
}

export type RouteReference = { readonly id: string } | { readonly name: string };

/** Routes to upstream smarthosts, changed. */
export interface RouteChanges {
  /** Adds a route and its delivery queue. Undefined: the name is taken. */
  addRoute(route: RouteToAdd): Promise<MailRoute | undefined>;

  /** Undefined: there is none. */
  updateRoute(id: string, settings: RouteSettings): Promise<MailRoute | undefined>;

  /** Has a route asked before another one, or after all others. */
  moveRoute(id: string, before: string | undefined): Promise<MailRoute | undefined>;

  /**
   * Removes a route; what waits in its queue goes to the queue `unresolved` and is looked up anew. `sending`: a recipient
   * is being sent through it just now; `usedBy`: all mail of these credentials and listed networks takes it. Nothing was
   * changed then.
   */
  removeRoute(id: string): Promise<'removed' | 'sending' | 'unknown' | { readonly usedBy: readonly string[] }>;
}

export interface RouteSettings extends Pick<
  MailRoute,
  'host' | 'port' | 'moreHosts' | 'implicitTls' | 'tls' | 'oauth' | 'tags'
> {
  readonly user: string | undefined;
  /** The password for the upstream, sealed; undefined: none; `kept`: as it was. */
  readonly sealedPassword: Buffer | 'kept' | undefined;
  /** The client certificate with its key, sealed, and what may be seen of it; undefined: none; `kept`: as it was. */
  readonly clientCertificate: { readonly sealed: Buffer; readonly facts: RouteClientCertificate } | 'kept' | undefined;
  /** `example.com`, `*.example.com`, `*`. */
  readonly domains: readonly string[];
  /** Empty: any sender. */
  readonly senderRules: readonly SenderRule[];
}

export interface RouteToAdd extends RouteSettings, Pick<MailRoute, 'name' | 'kind'> {}
