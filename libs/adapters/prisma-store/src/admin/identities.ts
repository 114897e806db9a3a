import type { Identity, IdentityChanges, IdentityReads } from '@postern/administration';
import type { CredentialIdentity as Row } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';

/** More than anybody binds to one credential. */
const MOST = 1_000;

/** What is bound to credentials, read. */
export function identityReads(db: Db): IdentityReads {
  return {
    async identitiesOf(credentialId) {
      const rows = await db.credentialIdentity.findMany({
        where: { credentialId },
        orderBy: { id: 'asc' },
        take: MOST,
      });
      return rows.map(viewOf);
    },
  };
}

/** What is bound to credentials, changed. */
export function identityChanges(db: Db): IdentityChanges {
  return {
    async addIdentity({ credentialId, kind, value }) {
      try {
        return viewOf(await db.credentialIdentity.create({ data: { id: newId(), credentialId, kind, value } }));
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    async removeIdentity(which) {
      const row = await db.credentialIdentity.findFirst({ where: which });
      const { count } = await db.credentialIdentity.deleteMany({ where: which });
      return row && count === 1 ? viewOf(row) : undefined;
    },
  };
}

function viewOf({ id, kind, value, createdAt }: Row): Identity {
  return { id, kind, value, createdAt: instant(createdAt) };
}
