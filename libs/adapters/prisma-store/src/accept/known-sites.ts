import type { QueueId } from '@postern/queue';
import type { Pool } from 'pg';
import { texts } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** The delivery queues of the domains whose site is known and fresh; a domain that is not is left out. */
export async function knownSites(pool: Pool, domains: readonly string[]): Promise<ReadonlyMap<string, QueueId>> {
  if (domains.length === 0) return new Map();
  return new Map(await run<readonly [string, QueueId]>(pool, KNOWN_SITES, [texts(domains)]));
}

export const KNOWN_SITES: Statement = {
  name: 'known-sites',
  text: `select domain, queue_id from domain_sites where domain = any($1::text[]) and fresh_until > now()`,
};
