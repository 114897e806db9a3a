import type { Network, NetworkChanges, NetworkReads } from '@postern/administration';
import { formatSenderRule } from '@postern/credentials';
import type { ListedNetwork as Row } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';

/** Listed networks, read. */
export function networkReads(db: Db): NetworkReads {
  return {
    async listNetworks({ after, limit }) {
      const where = after === undefined ? {} : { id: { gt: after } };
      return (await db.listedNetwork.findMany({ where, orderBy: { id: 'asc' }, take: limit })).map(viewOf);
    },
    async findNetwork(reference) {
      const row = await db.listedNetwork.findUnique({ where: reference });
      return row ? viewOf(row) : undefined;
    },
  };
}

/** Listed networks, changed. */
export function networkChanges(db: Db): NetworkChanges {
  return {
    async addNetwork({ cidr, senderRules, rewriteFrom }) {
      try {
        return viewOf(
          await db.listedNetwork.create({
            data: {
              id: newId(),
              cidr,
              senderRules: senderRules.map(formatSenderRule),
              rewriteFrom: rewriteFrom?.text ?? null,
            },
          }),
        );
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    async removeNetwork(id) {
      return (await db.listedNetwork.deleteMany({ where: { id } })).count === 1;
    },
  };
}

function viewOf({ id, cidr, senderRules, rewriteFrom, createdAt }: Row): Network {
  return { id, cidr, senderRules, rewriteFrom, createdAt: instant(createdAt) };
}
