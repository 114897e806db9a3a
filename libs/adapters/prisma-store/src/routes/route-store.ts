import type { QueueId } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** A route as it is stored: its password sealed. */
export interface StoredRoute {
  readonly queueId: QueueId;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly kind: 'smarthost' | 'discard' | 'fail';
  readonly implicitTls: boolean;
  readonly moreHosts: readonly { readonly host: string; readonly port: number; readonly preference: number }[];
  /** By what an access token is got; the sealed password is the client's secret then. */
  readonly oauth: { readonly tokenUrl: string; readonly clientId: string; readonly scope: string } | undefined;
  readonly tls: 'opportunistic' | 'required' | 'verify' | 'dane';
  readonly username: string | undefined;
  readonly sealedPassword: Buffer | undefined;
  readonly sealedClientCertificate: Buffer | undefined;
  /** Domain patterns; empty for all. */
  readonly domains: readonly string[];
  /** Sender rules; empty for all. */
  readonly senderRules: readonly string[];
  /** Tags of credentials and listed networks; empty for all. */
  readonly tags: readonly string[];
}

/** How a part of a route, a host or its token, is since a moment ago. */
export interface RoutePartHealth {
  readonly queueId: QueueId;
  readonly part: string;
  readonly ok: boolean;
  readonly text: string;
  readonly expiresAt: Date | undefined;
}

/** The routes as submission and delivery need them. */
export interface RouteStore {
  /** All routes, in the order in which they are asked. */
  list(): Promise<readonly StoredRoute[]>;

  /** Writes down how a part of a route is, for operators to see. */
  noteHealth(health: RoutePartHealth): Promise<void>;
}

export function routeStore(pool: Pool): RouteStore {
  return {
    list: async () => (await run<Row>(pool, LIST, [])).map(stored),
    noteHealth: async ({ queueId, part, ok, text, expiresAt }) =>
      void (await run(pool, NOTE_HEALTH, [queueId, part, String(ok), text.slice(0, 500), expiresAt])),
  };
}

type Row = readonly [
  queueId: number,
  name: string,
  host: string,
  port: number,
  tls: StoredRoute['tls'],
  username: string | null,
  password: Buffer | null,
  domains: string,
  senderRules: string,
  more: string,
  clientCertificate: Buffer | null,
];

interface More {
  readonly kind: StoredRoute['kind'];
  readonly implicitTls: boolean;
  readonly moreHosts: StoredRoute['moreHosts'];
  readonly oauth: StoredRoute['oauth'] | null;
  readonly tags: readonly string[];
}

function stored(row: Row): StoredRoute {
  const [queueId, name, host, port, tls, username, password, domains, senderRules, more, clientCertificate] = row;
  const { oauth, ...rest } = JSON.parse(more) as More;
  return {
    ...rest,
    oauth: oauth ?? undefined,
    queueId,
    name,
    host,
    port,
    tls,
    username: username ?? undefined,
    sealedPassword: password ?? undefined,
    sealedClientCertificate: clientCertificate ?? undefined,
    domains: JSON.parse(domains) as string[],
    senderRules: JSON.parse(senderRules) as string[],
  };
}

const LIST: Statement = {
  name: 'list routes',
  text: `
    select queue_id, name, host, port, tls::text, username, password,
      array_to_json(domains)::text, array_to_json(sender_rules)::text,
      json_build_object('kind', kind, 'implicitTls', implicit_tls, 'moreHosts', more_hosts, 'oauth', oauth,
        'tags', array_to_json(tags))::text, client_certificate
    from routes order by position, id`,
};

/** The same again is nothing new; when it changes, it is so since now. */
const NOTE_HEALTH: Statement = {
  name: 'note-route-health',
  text: `
    insert into route_health (queue_id, part, ok, text, expires_at) values ($1::int, $2::text, $3::text::bool, $4::text, $5::timestamptz)
    on conflict (queue_id, part) do update set ok = excluded.ok, text = excluded.text, expires_at = excluded.expires_at,
      since = case when route_health.ok = excluded.ok then route_health.since else now() end`,
};
