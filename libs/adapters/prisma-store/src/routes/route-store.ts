import type { QueueId } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** A route as it is stored: its password sealed. */
export interface StoredRoute {
  readonly queueId: QueueId;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: 'opportunistic' | 'required' | 'verify' | 'dane';
  readonly username: string | undefined;
  readonly sealedPassword: Buffer | undefined;
  /** Domain patterns; empty for all. */
  readonly domains: readonly string[];
  /** Sender rules; empty for all. */
  readonly senderRules: readonly string[];
}

/** The routes as submission and delivery need them. */
export interface RouteStore {
  /** All routes, in the order in which they are asked. */
  list(): Promise<readonly StoredRoute[]>;
}

export function routeStore(pool: Pool): RouteStore {
  return {
    list: async () => (await run<Row>(pool, LIST, [])).map(stored),
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
];

function stored([queueId, name, host, port, tls, username, password, domains, senderRules]: Row): StoredRoute {
  return {
    queueId,
    name,
    host,
    port,
    tls,
    username: username ?? undefined,
    sealedPassword: password ?? undefined,
    domains: JSON.parse(domains) as string[],
    senderRules: JSON.parse(senderRules) as string[],
  };
}

const LIST: Statement = {
  name: 'list routes',
  text: `
    select queue_id, name, host, port, tls::text, username, password,
      array_to_json(domains)::text, array_to_json(sender_rules)::text
    from routes order by position, id`,
};
