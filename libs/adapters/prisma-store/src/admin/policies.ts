import type { PolicyChanges, PolicyReads, TlsRule } from '@postern/administration';
import type { TlsRule as Row } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { behind } from './order.ts';
import { credentialNames, newId } from './credentials.ts';

/** Rules about the channel and what deliveries proved, read. */
export function policyReads(db: Db): PolicyReads {
  return {
    async listTlsRules({ after, limit }) {
      const where = { id: behind('ascending', after) };
      const rows = await db.tlsRule.findMany({ where, orderBy: { id: 'asc' }, take: limit });
      const names = await namesOf(db, rows);
      return rows.map((row) => viewOf(row, names));
    },
    async deliveriesByProof(domain, since) {
      // The totals are of all groups, also of those that are not shown.
      const rows = await db.$queryRaw<ProofRow[]>`
        select host, why, count(*)::int as deliveries, (sum(count(*)) over ())::int as total,
          (sum(count(*) filter (where why is not null)) over ())::int as unproved
        from (
          select case when a.tls_verified then null else a.host end as host,
            case when a.tls_verified then null when a.tls_failure is not null then left(a.tls_failure, 300)
              when a.tls_protocol is null or a.tls_protocol = 'none' then 'no TLS' else 'TLS that proves nothing' end as why
          from recipients r join attempts a on a.message_id = r.message_id and a.number = r.number
          where r.domain = ${domain} and r.message_id >= ${firstIdOf(since)}::uuid and a.started_at >= ${since}
            and a.outcome = 'delivered' and not a.late
        ) deliveries
        group by host, why order by (why is null), 3 desc limit 50`;
      const { total, unproved } = rows[0] ?? { total: 0, unproved: 0 };
      const reasons = rows.flatMap(({ host, why, deliveries }) => (why === null ? [] : [{ host, why, deliveries }]));
      return { deliveries: total, unproved, reasons };
    },
  };
}

interface ProofRow {
  readonly host: string | null;
  /** Null: it proved its host. */
  readonly why: string | null;
  readonly deliveries: number;
  readonly total: number;
  readonly unproved: number;
}

/** Rules about the channel, changed. */
export function policyChanges(db: Db): PolicyChanges {
  return {
    async addTlsRule({ scope, of, channel, minVersion, ciphers, allowExpired, until, reason, createdBy }) {
      const found = await scopeOf(db, scope, of);
      if (found === undefined) return undefined;
      const row = await db.tlsRule.create({
        data: {
          id: newId(),
          scopeKind: scope,
          scope: found,
          channel,
          minVersion,
          ciphers: [...ciphers],
          expired: allowExpired,
          until,
          reason,
          createdBy,
        },
      });
      return viewOf(row, await namesOf(db, [row]));
    },
    async removeTlsRule(id) {
      const row = await db.tlsRule.findUnique({ where: { id } });
      if (!row || (await db.tlsRule.deleteMany({ where: { id } })).count === 0) return undefined;
      return viewOf(row, await namesOf(db, [row]));
    },
  };
}

/** What a rule keeps of its scope: a credential's id, for its name may change. */
async function scopeOf(db: Db, scope: TlsRule['scope'], of: string): Promise<string | undefined> {
  switch (scope) {
    case 'domain':
      return of;
    case 'route':
      return (await db.route.findUnique({ where: { name: of } }))?.name;
    case 'credential':
      return (await db.credential.findFirst({ where: { name: of }, select: { id: true } }))?.id;
  }
}

function namesOf(db: Db, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  return credentialNames(
    db,
    rows.map(({ scopeKind, scope }) => (scopeKind === 'credential' ? scope : null)),
  );
}

function viewOf(row: Row, names: ReadonlyMap<string, string>): TlsRule {
  return {
    id: row.id,
    scope: row.scopeKind === 'route' || row.scopeKind === 'credential' ? row.scopeKind : 'domain',
    of: names.get(row.scope) ?? row.scope,
    channel: row.channel === 'encrypted' || row.channel === 'verified' || row.channel === 'dane' ? row.channel : 'none',
    ciphers: row.ciphers,
    minVersion: row.minVersion === 'TLSv1.2' || row.minVersion === 'TLSv1.3' ? row.minVersion : null,
    allowExpired: row.expired,
    until: row.until ? instant(row.until) : null,
    reason: row.reason,
    createdBy: row.createdBy,
    createdAt: instant(row.createdAt),
  };
}

/** The least id that a message of that time can have: ids begin with the milliseconds since 1970 (RFC 9562 §5.7). Mail waits for a week at most, so what was sent since then is not older than that. */
function firstIdOf(since: Date): string {
  const hex = Math.max(0, since.getTime() - LONGEST_WAIT_MS)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

const LONGEST_WAIT_MS = 8 * 86_400_000;
