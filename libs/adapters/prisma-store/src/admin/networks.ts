import type { Network, NetworkChanges, NetworkReads } from '@postern/administration';
import { formatSenderRule } from '@postern/credentials';
import type { ListedNetwork as Row } from '../generated/client.ts';
import { tellSubmitterChanged } from '../work/submitter-channel.ts';
import { instant, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';
import { submitterColumns, type SubmitterRow, submitterView, WITH_ROUTE } from './submitter-view.ts';

/** Listed networks, read. */
export function networkReads(db: Db): NetworkReads {
  return {
    async listNetworks({ after, limit }) {
      const where = after === undefined ? {} : { id: { gt: after } };
      const rows = await db.listedNetwork.findMany({ where, orderBy: { id: 'asc' }, take: limit, include: WITH_ROUTE });
      return rows.map(viewOf);
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

function viewOf(row: Row & SubmitterRow): Network {
  const { id, cidr, senderRules, rewriteFrom, createdAt } = row;
  return { id, cidr, senderRules, rewriteFrom, createdAt: instant(createdAt), ...submitterView(row) };
}
