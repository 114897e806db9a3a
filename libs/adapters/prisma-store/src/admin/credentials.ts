import type { Credential, CredentialChange, CredentialChanges, CredentialReads } from '@postern/administration';
import { formatSenderRule } from '@postern/credentials';
import { newMessageId } from '@postern/queue';
import type { Prisma } from '../generated/client.ts';
import { tellSubmitterChanged } from '../work/submitter-channel.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { behind, DIRECTION } from './order.ts';
import { isTaken } from './guard.ts';
import { submitterColumns, submitterView, WITH_ROUTE } from './submitter-view.ts';

/** Submission credentials, read. */
export function credentialReads(db: Db): CredentialReads {
  return {
    async listCredentials({ state, nameContains, sort, order, after, limit }) {
      const key = sort === 'name' ? 'name' : 'id';
      const named = nameContains ? { name: { contains: nameContains } } : {};
      const where = { AND: [named, { [key]: behind(order, after) }], ...(state ? { state } : {}) };
      const orderBy = { [key]: DIRECTION[order] };
      const rows = await db.credential.findMany({ where, orderBy, take: limit, include: SHOWN });
      return rows.map(viewOf);
    },
    async findCredential(reference) {
      const row = await db.credential.findUnique({ where: reference, include: SHOWN });
      return row ? viewOf(row) : undefined;
    },
    unsubscribeTemplate: async (credentialId) =>
      (await db.unsubscribeLink.findUnique({ where: { credentialId } }))?.uri ?? undefined,
  };
}

/** Submission credentials, changed. */
export function credentialChanges(db: Db): CredentialChanges {
  return {
    async addCredential({ name, senderRules, networks, expiresAt, secret, ...settings }) {
      try {
        const row = await db.credential.create({
          data: {
            id: newId(),
            name,
            senderRules: senderRules.map(formatSenderRule),
            networks: [...networks],
            expiresAt: expiresAt ?? null,
            ...submitterColumns(settings),
            secrets: { create: { id: newId(), hash: Uint8Array.from(secret.hash), scram: secret.scram ?? null } },
          },
          include: SHOWN,
        });
        return viewOf(row);
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },

    async updateCredential(id, change) {
      await db.$executeRaw`select from credentials where id = ${id}::uuid for update`;
      const now = await db.credential.findUnique({ where: { id } });
      if (!now) return undefined;
      const data = { ...columnsOf(change), ...submitterColumns(change, now) };
      const row = await db.credential.update({ where: { id }, data, include: SHOWN });
      await tellSubmitterChanged(db, id);
      return viewOf(row);
    },

    async rotateCredential({ credentialId, secret, old }) {
      await db.$executeRaw`select from credentials where id = ${credentialId}::uuid for update`;
      const now = new Date();
      const live = { credentialId, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
      if (old.kind === 'retired-now')
        await db.credentialSecret.updateMany({ where: live, data: { replacedAt: now, expiresAt: now } });
      else if ((await db.credentialSecret.count({ where: live })) > 1) return 'two-live';
      else {
        await db.credentialSecret.updateMany({
          where: live,
          data: { replacedAt: now, retireUnusedDays: old.retireUnusedDays },
        });
        // An end that it has already stays when it is earlier.
        if (old.until)
          await db.credentialSecret.updateMany({
            where: { credentialId, OR: [{ expiresAt: null }, { expiresAt: { gt: old.until } }] },
            data: { expiresAt: old.until },
          });
      }
      await db.credentialSecret.create({
        data: { id: newId(), credentialId, hash: Uint8Array.from(secret.hash), scram: secret.scram ?? null },
      });
      await tellSubmitterChanged(db, credentialId);
      return viewOf(await db.credential.findUniqueOrThrow({ where: { id: credentialId }, include: SHOWN }));
    },

    async retireSecret({ credentialId, secretId }) {
      await db.$executeRaw`select from credentials where id = ${credentialId}::uuid for update`;
      const secret = await db.credentialSecret.findFirst({ where: { id: secretId, credentialId } });
      if (!secret) return undefined;
      const now = new Date();
      if (secret.expiresAt !== null && secret.expiresAt <= now) return 'not-live';
      await db.credentialSecret.update({ where: { id: secretId }, data: { expiresAt: now } });
      await tellSubmitterChanged(db, credentialId);
      return viewOf(await db.credential.findUniqueOrThrow({ where: { id: credentialId }, include: SHOWN }));
    },

    async setUnsubscribeTemplate(credentialId, uri) {
      const where = { credentialId };
      if (uri === undefined) await db.unsubscribeLink.deleteMany({ where });
      else await db.unsubscribeLink.upsert({ where, create: { credentialId, uri }, update: { uri } });
      await tellSubmitterChanged(db, credentialId);
    },

    async moveCredential({ id, from, to }) {
      const moved = await db.credential.updateMany({ where: { id, state: { in: [...from] } }, data: { state: to } });
      if (moved.count === 0) return undefined;
      await tellSubmitterChanged(db, id);
      return viewOf(await db.credential.findUniqueOrThrow({ where: { id }, include: SHOWN }));
    },
  };
}

/** An id that sorts by when it was made. */
export function newId(): string {
  return newMessageId(Date.now());
}

/** What credentials are called now, by their ids. */
export async function credentialNames(db: Db, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const found = await db.credential.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** More secrets were retired than are shown. */
const SECRETS_SHOWN = 10;
const SHOWN = {
  ...WITH_ROUTE,
  secrets: { orderBy: { id: 'desc' }, take: SECRETS_SHOWN, omit: { hash: true, scram: true, credentialId: true } },
} as const satisfies Prisma.CredentialInclude;

type Row = Prisma.CredentialGetPayload<{ include: typeof SHOWN }>;

function columnsOf({ senderRules, networks, expiresAt }: CredentialChange) {
  return {
    ...(senderRules === undefined ? {} : { senderRules: senderRules.map(formatSenderRule) }),
    ...(networks === undefined ? {} : { networks: [...networks] }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function viewOf(row: Row): Credential {
  const { id, name, state, senderRules, networks } = row;
  return {
    id,
    name,
    state,
    senderRules,
    networks,
    createdAt: instant(row.createdAt),
    expiresAt: instantOrNull(row.expiresAt),
    ...submitterView(row),
    secrets: row.secrets.map((secret) => ({
      id: secret.id,
      createdAt: instant(secret.createdAt),
      lastUsedAt: instantOrNull(secret.lastUsedAt),
      lastUsedFrom: secret.lastUsedFrom,
      replacedAt: instantOrNull(secret.replacedAt),
      retireUnusedDays: secret.retireUnusedDays,
      expiresAt: instantOrNull(secret.expiresAt),
    })),
  };
}
