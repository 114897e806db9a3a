import type { PoolRule, Source, SourceChanges, SourceQuery, SourceReads } from '@postern/administration';
import { warmUpLimit } from '@postern/pace';
import {
  Prisma,
  type PoolRule as RuleRow,
  type Source as SourceRow,
  type SourceState as StateRow,
} from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { credentialNames, newId } from './credentials.ts';
import { isTaken } from './guard.ts';
import { DIRECTION, SQL_ORDER } from './order.ts';

/** Sources and the rules about their pools, read. */
export function sourceReads(db: Db): SourceReads {
  return {
    async listSources(query) {
      const direction = DIRECTION[query.order];
      const orderBy = [...(query.sort === 'pool' ? [{ pool: direction }] : []), { name: direction }];
      const rows = await db.source.findMany({ where: { id: { in: await sourceIds(db, query) } }, orderBy });
      return viewsOf(db, rows);
    },
    async findSource(reference) {
      const row = await db.source.findUnique({ where: reference });
      return row ? viewOf(db, row) : undefined;
    },
    async listPoolRules({ after, limit }) {
      const where = after === undefined ? {} : { id: { gt: after } };
      const rows = await db.poolRule.findMany({ where, orderBy: { id: 'asc' }, take: limit });
      const names = await credentialNames(
        db,
        rows.map(({ credentialId }) => credentialId),
      );
      return rows.map((row) => ruleOf(row, names));
    },
  };
}

/** Sources and the rules about their pools, changed. */
export function sourceChanges(db: Db): SourceChanges {
  return {
    async addSource({ addresses, warmUp, ...given }) {
      try {
        const data = { id: newId(), ...given, addresses: [...addresses], warmUp: [...warmUp] };
        return await viewOf(db, await db.source.create({ data }));
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    async updateSource(id, { addresses, warmUp, ...settings }, how) {
      const since = how.warmUp === 'anew' ? { warmUpSince: new Date() } : {};
      const data = { ...settings, addresses: [...addresses], warmUp: [...warmUp], ...since };
      const [row] = await db.source.updateManyAndReturn({ where: { id }, data });
      return row && viewOf(db, row);
    },
    async removeSource(id) {
      await db.sourceState.deleteMany({ where: { sourceId: id } });
      await db.sourceDay.deleteMany({ where: { sourceId: id } });
      return (await db.source.deleteMany({ where: { id } })).count === 1;
    },
    async addPoolRule(given) {
      // Of two that are added at once, one sees the other.
      await db.$executeRaw`lock table pool_rules in exclusive mode`;
      const { credentialId, senderRule, route } = given;
      const names = await credentialNames(db, [credentialId]);
      const before = await db.poolRule.findFirst({
        where: { credentialId, senderRule, route },
        orderBy: { id: 'asc' },
      });
      if (before) return { kind: 'there', rule: ruleOf(before, names) };
      return { kind: 'added', rule: ruleOf(await db.poolRule.create({ data: { id: newId(), ...given } }), names) };
    },
    removePoolRule: async (id) => (await db.poolRule.deleteMany({ where: { id } })).count === 1,
  };
}

/** The ids of the sources of one page. */
async function sourceIds(db: Db, query: SourceQuery): Promise<string[]> {
  const { sort, order, pool, nameContains, after, limit } = query;
  const { behind, direction } = SQL_ORDER[order];
  const text = nameContains?.toLowerCase();
  const conditions = [
    Prisma.sql`true`,
    ...(pool ? [Prisma.sql`pool = ${pool}`] : []),
    ...(text ? [Prisma.sql`strpos(lower(concat_ws(' ', name, ehlo_name, addresses::text)), ${text}) > 0`] : []),
    ...(after === undefined
      ? []
      : [
          sort === 'pool'
            ? Prisma.sql`(pool, name) ${behind} (${after.pool}, ${after.name})`
            : Prisma.sql`name ${behind} ${after.name}`,
        ]),
  ];
  const by = sort === 'pool' ? Prisma.sql`pool ${direction}, name ${direction}` : Prisma.sql`name ${direction}`;
  const rows = await db.$queryRaw<{ readonly id: string }[]>`
    select id::text as id from sources where ${Prisma.join(conditions, ' and ')} order by ${by} limit ${limit}`;
  return rows.map(({ id }) => id);
}

async function viewOf(db: Db, row: SourceRow): Promise<Source> {
  const [view] = await viewsOf(db, [row]);
  if (!view) throw new Error('a row has a view');
  return view;
}

async function viewsOf(db: Db, rows: readonly SourceRow[]): Promise<readonly Source[]> {
  const where = { sourceId: { in: rows.map(({ id }) => id) } };
  const states = await db.sourceState.findMany({ where, orderBy: { machine: 'asc' } });
  return rows.map((row) =>
    sourceOf(
      row,
      states.filter(({ sourceId }) => sourceId === row.id),
    ),
  );
}

function sourceOf(row: SourceRow, states: readonly StateRow[]): Source {
  const { createdAt, warmUpSince, ...source } = row;
  return {
    ...source,
    warmUpSince: instant(warmUpSince),
    todayPerSite: warmUpLimit(row, new Date()) ?? null,
    // A machine tells what it lacks when that changes: until then it may name an address that the source has no more.
    missing: states
      .map(({ machine, missing, at }) => ({
        machine,
        addresses: missing.filter((each) => row.addresses.includes(each)),
        at: instant(at),
      }))
      .filter(({ addresses }) => addresses.length > 0),
    createdAt: instant(createdAt),
  };
}

function ruleOf({ createdAt, ...rule }: RuleRow, names: ReadonlyMap<string, string>): PoolRule {
  const credential = rule.credentialId === null ? null : (names.get(rule.credentialId) ?? null);
  return { ...rule, credential, createdAt: instant(createdAt) };
}
