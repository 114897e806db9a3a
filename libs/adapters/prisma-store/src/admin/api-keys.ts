import type { Actor, ApiKey, ApiKeyChanges, ApiKeyReads, Permission } from '@postern/administration';
import type { ApiKey as Row } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';
import { behind, DIRECTION } from './order.ts';

const NOTED_EVERY_MS = 60_000;

/** API keys, read. */
export function apiKeyReads(db: Db): ApiKeyReads {
  return {
    async listApiKeys({ after, limit, sort, order, nameContains }) {
      const key = sort === 'name' ? 'name' : 'id';
      const named =
        nameContains === undefined ? {} : { name: { contains: nameContains, mode: 'insensitive' as const } };
      const where = { AND: [named, { [key]: behind(order, after) }] };
      return (await db.apiKey.findMany({ where, orderBy: { [key]: DIRECTION[order] }, take: limit })).map(viewOf);
    },
    async findApiKey(reference) {
      const row = await db.apiKey.findUnique({ where: reference });
      return row ? viewOf(row) : undefined;
    },
    async useApiKey({ hash, address }) {
      const include = { maker: { select: { role: true } } };
      const row = await db.apiKey.findUnique({ where: { hash: new Uint8Array(hash) }, include });
      if (!row) return undefined;
      const now = new Date();
      const view = viewOf(row);
      if (view.state === 'active' && (row.lastUsedAt?.getTime() ?? 0) < now.getTime() - NOTED_EVERY_MS)
        await db.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now, lastUsedFrom: address } });
      return { ...view, makerRole: row.maker?.role };
    },
  };
}

/** API keys, changed. */
export function apiKeyChanges(db: Db): ApiKeyChanges {
  return {
    async addApiKey({ name, hash, permissions, createdBy, expiresAt }) {
      try {
        const made = { id: newId(), createdBy: createdBy.name, makerId: await makerOf(db, createdBy) };
        const given = { name, hash: new Uint8Array(hash), permissions: [...permissions], expiresAt: expiresAt ?? null };
        return viewOf(await db.apiKey.create({ data: { ...made, ...given } }));
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    async revokeApiKey(id) {
      const { count } = await db.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
      const row = count === 1 ? await db.apiKey.findUnique({ where: { id } }) : null;
      return row ? viewOf(row) : undefined;
    },
  };
}

/** The account that a new key answers to. */
async function makerOf(db: Db, { kind, id }: Actor): Promise<string | null> {
  if (kind === 'person') return id;
  if (kind === 'cli') return null;
  return (await db.apiKey.findUniqueOrThrow({ where: { id } })).makerId;
}

function viewOf(row: Row): ApiKey {
  const { id, name, createdAt, createdBy, expiresAt, lastUsedAt, lastUsedFrom } = row;
  return {
    id,
    name,
    state: row.revokedAt ? 'revoked' : expiresAt && expiresAt <= new Date() ? 'expired' : 'active',
    permissions: row.permissions as Permission[],
    createdAt: instant(createdAt),
    createdBy,
    expiresAt: expiresAt ? instant(expiresAt) : null,
    lastUsedAt: lastUsedAt ? instant(lastUsedAt) : null,
    lastUsedFrom,
  };
}
