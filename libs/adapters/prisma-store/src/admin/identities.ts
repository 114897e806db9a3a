import type { Identity, IdentityChanges, IdentityReads } from '@postern/administration';
import type { CredentialIdentity as Row } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';

/** What is bound to credentials, read. */
export function identityReads(db: Db): IdentityReads {
  return {
    async identitiesOf(credentialId) {
      const rows = await db.credentialIdentity.findMany({
        where: { credentialId },
        orderBy: { id: 'asc' },
      });
      return rows.map(viewOf);
    },
  };
}

/** What is bound to credentials, changed. */
export function identityChanges(db: Db): IdentityChanges {
  return {
    async addIdentity({ credentialId, kind, value }, most) {
      await db.$executeRaw`select from credentials where id = ${credentialId}::uuid for update`;
      if ((await db.credentialIdentity.count({ where: { credentialId } })) >= most) return 'full';
      try {
        return viewOf(await db.credentialIdentity.create({ data: { id: newId(), credentialId, kind, value } }));
      } catch (error) {
        if (isTaken(error)) return 'taken';
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
