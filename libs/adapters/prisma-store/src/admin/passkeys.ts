import type { Passkey, PasskeyChanges, PasskeyReads, StoredPasskey } from '@postern/administration';
import type { Passkey as Row } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';

/** Passkeys, read; and what they are asked to sign. */
export function passkeyReads(db: Db): PasskeyReads {
  return {
    async listPasskeys(personId) {
      const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const;
      return (await db.passkey.findMany({ where: { personId }, orderBy: [...orderBy] })).map(storedOf);
    },
    async findPasskey(credentialId) {
      const row = await db.passkey.findUnique({ where: { credentialId } });
      return row ? storedOf(row) : undefined;
    },
    async keepChallenge({ boundTo, challenge, expiresAt }) {
      await db.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: new Date() } } });
      const kept = { challenge, expiresAt };
      await db.passkeyChallenge.upsert({ where: { boundTo }, create: { boundTo, ...kept }, update: kept });
    },
    async takeChallenge(boundTo) {
      const rows = await db.$queryRaw<{ readonly challenge: string; readonly open: boolean }[]>`
        delete from passkey_challenges where bound_to = ${boundTo} returning challenge, expires_at > now() as open`;
      return rows[0]?.open ? rows[0].challenge : undefined;
    },
  };
}

/** Passkeys, changed. */
export function passkeyChanges(db: Db): PasskeyChanges {
  return {
    async addPasskey(given, { most }) {
      const { personId, publicKey, transports } = given;
      // Who adds at the same time waits for the other.
      await db.$queryRaw`select 1 from people where id = ${personId}::uuid for update`;
      if ((await db.passkey.count({ where: { personId } })) >= most) return 'full';
      const data = { ...given, publicKey, transports: [...transports] };
      const [row] = await db.passkey.createManyAndReturn({ data, skipDuplicates: true });
      return row ? viewOf(row) : 'taken';
    },
    async removePasskey(personId, id) {
      const row = await db.passkey.findFirst({ where: { id, personId }, select: { name: true } });
      const { count } = await db.passkey.deleteMany({ where: { id, personId } });
      return count === 1 ? row?.name : undefined;
    },
    async usePasskey({ id, from, to }) {
      const data = { counter: to, lastUsedAt: new Date() };
      return (await db.passkey.updateMany({ where: { id, counter: from }, data })).count === 1;
    },
  };
}

/** A passkey as its owner sees it. */
export function viewOf({ id, name, createdAt, lastUsedAt }: Omit<Row, 'publicKey' | 'counter'>): Passkey {
  return { id, name, createdAt: instant(createdAt), lastUsedAt: instantOrNull(lastUsedAt) };
}

function storedOf(row: Row): StoredPasskey {
  const { personId, credentialId, publicKey, counter, transports } = row;
  return { ...viewOf(row), personId, credentialId, publicKey, counter: Number(counter), transports };
}
