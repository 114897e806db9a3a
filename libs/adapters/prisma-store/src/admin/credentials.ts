import type { Credential, CredentialChanges, CredentialReads } from '@postern/administration';
import { formatSenderRule } from '@postern/credentials';
import { newMessageId } from '@postern/queue';
import type { Credential as Row } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { isTaken } from './guard.ts';

/** Submission credentials, read. */
export function credentialReads(db: Db): CredentialReads {
  return {
    async listCredentials({ state, nameContains, after, limit }) {
      const name = {
        ...(after === undefined ? {} : { gt: after }),
        ...(nameContains ? { contains: nameContains } : {}),
      };
      const where = { name, ...(state ? { state } : {}) };
      return (await db.credential.findMany({ where, orderBy: { name: 'asc' }, take: limit })).map(viewOf);
    },
    async findCredential(reference) {
      const row = await db.credential.findUnique({ where: reference });
      return row ? viewOf(row) : undefined;
    },
  };
}

/** Submission credentials, changed. */
export function credentialChanges(db: Db): CredentialChanges {
  return {
    async addCredential({ name, senderRules, networks, expiresAt, secret }) {
      try {
        const row = await db.credential.create({
          data: {
            id: newId(),
            name,
            senderRules: senderRules.map(formatSenderRule),
            networks: [...networks],
            expiresAt: expiresAt ?? null,
            secrets: { create: { id: newId(), hash: Uint8Array.from(secret.hash), scram: secret.scram ?? null } },
          },
        });
        return viewOf(row);
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    async moveCredential({ id, from, to }) {
      const [row] = await db.credential.updateManyAndReturn({
        where: { id, state: { in: [...from] } },
        data: { state: to },
      });
      return row && viewOf(row);
    },
  };
}

/** An id that sorts by when it was made. */
export function newId(): string {
  return newMessageId(Date.now());
}

function viewOf(row: Row): Credential {
  const { id, name, state, senderRules, networks, lastUsedFrom } = row;
  return {
    id,
    name,
    state,
    senderRules,
    networks,
    createdAt: instant(row.createdAt),
    expiresAt: instantOrNull(row.expiresAt),
    lastUsedAt: instantOrNull(row.lastUsedAt),
    lastUsedFrom,
  };
}
