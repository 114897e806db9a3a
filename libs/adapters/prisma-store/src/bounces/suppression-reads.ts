import type { SuppressionStore } from '@postern/queue';
import type { Pool } from 'pg';
import { texts } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

const PAGE = 20_000;

/** What accepting asks about addresses that are not sent to. */
export function suppressionReads(pool: Pool): SuppressionStore {
  return {
    async suppressedSince(since, after) {
      const rows = await run<readonly [at: Date, address: string | null]>(pool, SINCE, [since, after ?? '', PAGE]);
      const [[at] = [new Date(0)]] = rows;
      const addresses = rows.flatMap(([, address]) => (address === null ? [] : [address]));
      return { at, addresses, after: addresses.length < PAGE ? undefined : addresses.at(-1) };
    },
    async suppressionsOf(addresses) {
      const rows = await run<readonly [string, string, string, string, Date]>(pool, OF, [texts(addresses)]);
      return rows.map(([address, scope, bounceClass, evidence, createdAt]) => ({
        address,
        scope,
        class: bounceClass,
        evidence,
        createdAt,
      }));
    },
    async refusingCredentials() {
      return (await run<readonly [string]>(pool, REFUSING, [])).map(([id]) => id);
    },
    async signingCredentials() {
      return (await run<readonly [string]>(pool, SIGNING, [])).map(([id]) => id);
    },
  };
}

const SINCE: Statement = {
  name: 'suppressed-since',
  text: `
    select now(), s.address from (select 1) once left join lateral (
      select distinct address from suppressions
      where address > $2::text and ($1::timestamptz is null or changed_at >= $1::timestamptz)
      order by address limit $3::int
    ) s on true order by s.address`,
};

const OF: Statement = {
  name: 'suppressions-of',
  text: `
    select s.address, s.scope, s.class, s.evidence, s.created_at
    from unnest($1::text[]) a(address) join suppressions s on s.address = a.address
    where s.until is null or s.until > now()`,
};

const REFUSING: Statement = {
  name: 'refusing-credentials',
  text: `select credential_id from bounce_settings where suppressed = 'refuse'`,
};

const SIGNING: Statement = {
  name: 'signing-credentials',
  text: 'select credential_id from bounce_settings where signed_paths',
};
