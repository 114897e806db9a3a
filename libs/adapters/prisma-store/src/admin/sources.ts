import type { PoolRule, Source, SourceChanges, SourceReads } from '@postern/administration';
import { warmUpLimit } from '@postern/pace';
import type { PoolRule as RuleRow, Source as SourceRow } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';

/** Sources and the rules about their pools, read. */
export function sourceReads(db: Db): SourceReads {
  return {
    async listSources({ after, limit }) {
      const where = after === undefined ? {} : { name: { gt: after } };
      return Promise.all(
        (await db.source.findMany({ where, orderBy: { name: 'asc' }, take: limit })).map((row) => viewOf(db, row)),
      );
    },
    async findSource(reference) {
      const row = await db.source.findUnique({ where: reference });
      return row ? viewOf(db, row) : undefined;
    },
    async listPoolRules({ after, limit }) {
      const where = after === undefined ? {} : { id: { gt: after } };
      return (await db.poolRule.findMany({ where, orderBy: { id: 'asc' }, take: limit })).map(ruleOf);
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
    async removeSource(id) {
      await db.sourceState.deleteMany({ where: { sourceId: id } });
      await db.sourceDay.deleteMany({ where: { sourceId: id } });
      return (await db.source.deleteMany({ where: { id } })).count === 1;
    },
    addPoolRule: async (given) => ruleOf(await db.poolRule.create({ data: { id: newId(), ...given } })),
    removePoolRule: async (id) => (await db.poolRule.deleteMany({ where: { id } })).count === 1,
  };
}

async function viewOf(db: Db, row: SourceRow): Promise<Source> {
  const { createdAt, warmUpSince, ...source } = row;
  const states = await db.sourceState.findMany({ where: { sourceId: row.id }, orderBy: { machine: 'asc' } });
  return {
    ...source,
    warmUpSince: instant(warmUpSince),
    todayPerSite: warmUpLimit(row, new Date()) ?? null,
    missing: states
      .filter(({ missing }) => missing.length > 0)
      .map(({ machine, missing, at }) => ({ machine, addresses: missing, at: instant(at) })),
    createdAt: instant(createdAt),
  };
}

function ruleOf({ createdAt, ...rule }: RuleRow): PoolRule {
  return { ...rule, createdAt: instant(createdAt) };
}
