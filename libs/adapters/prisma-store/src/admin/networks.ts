import type { Network, NetworkChanges, NetworkQuery, NetworkReads } from '@postern/administration';
import { formatSenderRule } from '@postern/credentials';
import { Prisma, type ListedNetwork as Row } from '../generated/client.ts';
import { tellSubmitterChanged } from '../work/submitter-channel.ts';
import { instant, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';
import { SQL_ORDER } from './order.ts';
import { submitterColumns, type SubmitterRow, submitterView, WITH_ROUTE } from './submitter-view.ts';

/** Listed networks, read. */
export function networkReads(db: Db): NetworkReads {
  return {
    async listNetworks(query) {
      const ids = await networkIds(db, query);
      const rows = await db.listedNetwork.findMany({ where: { id: { in: ids } }, include: WITH_ROUTE });
      return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)).map(viewOf);
    },
    async findNetwork(reference) {
      const row = await db.listedNetwork.findUnique({ where: reference, include: WITH_ROUTE });
      return row ? viewOf(row) : undefined;
    },
  };
}

/** Listed networks, changed. */
export function networkChanges(db: Db): NetworkChanges {
  return {
    async addNetwork({ cidr, senderRules, rewriteFrom, ...settings }) {
      const id = newId();
      try {
        const row = await db.listedNetwork.create({
          data: {
            id,
            cidr,
            senderRules: senderRules.map(formatSenderRule),
            rewriteFrom: rewriteFrom?.text ?? null,
            ...submitterColumns(settings),
          },
          include: WITH_ROUTE,
        });
        await tellSubmitterChanged(db, id);
        return viewOf(row);
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    async updateNetwork(id, { senderRules, rewriteFrom, ...settings }) {
      await db.$executeRaw`select from listed_networks where id = ${id}::uuid for update`;
      const now = await db.listedNetwork.findUnique({ where: { id } });
      if (!now) return undefined;
      const rules = senderRules === undefined ? {} : { senderRules: senderRules.map(formatSenderRule) };
      const rewrite = rewriteFrom === undefined ? {} : { rewriteFrom: rewriteFrom?.text ?? null };
      const data = { ...rules, ...rewrite, ...submitterColumns(settings, now) };
      const row = await db.listedNetwork.update({ where: { id }, data, include: WITH_ROUTE });
      await tellSubmitterChanged(db, id);
      return viewOf(row);
    },
    async removeNetwork(id) {
      await tellSubmitterChanged(db, id);
      return (await db.listedNetwork.deleteMany({ where: { id } })).count === 1;
    },
  };
}

/** The ids of the networks of one page, in its order. */
async function networkIds(db: Db, query: NetworkQuery): Promise<string[]> {
  const { sort, order, contains, within, after, limit } = query;
  const { behind, direction } = SQL_ORDER[order];
  const text = contains?.toLowerCase();
  const key = sort === 'cidr' ? Prisma.sql`cidr::inet` : Prisma.sql`id`;
  const place = sort === 'cidr' ? Prisma.sql`${after}::text::inet` : Prisma.sql`${after}::uuid`;
  const isIn = within ? Prisma.sql`cidr::inet >>= ${within}::text::inet` : Prisma.sql`false`;
  const conditions = [
    Prisma.sql`true`,
    ...(text ? [Prisma.sql`(strpos(lower(${WORDS}), ${text}) > 0 or ${isIn})`] : []),
    ...(after === undefined ? [] : [Prisma.sql`${key} ${behind} ${place}`]),
  ];
  const rows = await db.$queryRaw<{ readonly id: string }[]>`
    select id::text as id from listed_networks where ${Prisma.join(conditions, ' and ')}
    order by ${key} ${direction} limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** What a network is looked for by. */
const WORDS = Prisma.sql`concat_ws(' ', cidr, owner, tag, array_to_string(sender_rules, ' '))`;

function viewOf(row: Row & SubmitterRow): Network {
  const { id, cidr, senderRules, rewriteFrom, createdAt } = row;
  return { id, cidr, senderRules, rewriteFrom, createdAt: instant(createdAt), ...submitterView(row) };
}
