import { createHash } from 'node:crypto';
import type { AccountChanges, AccountReads } from '@postern/administration';
import { instant, type Db } from './client.ts';
import { viewOf } from './passkeys.ts';

/** A code is good for its half minute and the ones beside it; it is remembered for longer. */
const CODES_KEPT = '10 minutes';

/** How accounts are kept, read. */
export function securityReads(db: Db): Pick<AccountReads, 'accountSecurity' | 'useCode' | 'holdsPassword'> {
  return {
    async accountSecurity(id) {
      const person = await db.person.findUniqueOrThrow({
        where: { id },
        include: {
          signInMethods: { select: { providerId: true, password: true } },
          passkeys: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
          sessions: { where: { expiresAt: { gt: new Date() } }, orderBy: { updatedAt: 'desc' }, take: 100 },
        },
      });
      return {
        hasPassword: person.signInMethods.some(({ password }) => password !== null),
        authenticatorApp: person.twoFactorEnabled,
        passkeys: person.passkeys.map(viewOf),
        singleSignOn: person.signInMethods.some(({ providerId }) => providerId !== 'credential'),
        sessions: person.sessions.map(({ id: session, createdAt, updatedAt, expiresAt, address, userAgent }) => ({
          id: session,
          createdAt: instant(createdAt),
          usedAt: instant(updatedAt),
          expiresAt: instant(expiresAt),
          address,
          userAgent,
        })),
      };
    },
    async useCode({ personId, digest }) {
      await db.$executeRaw`delete from used_codes where at < now() - ${CODES_KEPT}::interval`;
      const octets = new Uint8Array(createHash('sha256').update(digest).digest());
      const rows = await db.$queryRaw<unknown[]>`
        insert into used_codes (person_id, digest) values (${personId}::uuid, ${octets}) on conflict do nothing returning 1`;
      return rows.length === 1;
    },
    async holdsPassword(hash) {
      const rows = await db.$queryRaw<unknown[]>`select 1 from sign_in_methods where password = ${hash} for share`;
      return rows.length > 0;
    },
  };
}

/** How accounts are kept, changed. */
export function securityChanges(db: Db): Pick<AccountChanges, 'endSessions' | 'endSession' | 'resetSecondFactor'> {
  return {
    async endSessions(id, but) {
      // What waits for a code says whose it is, and nothing else.
      await db.verification.deleteMany({ where: { value: id } });
      const where = { personId: id, ...(but ? { id: { not: but.session } } : {}) };
      return (await db.session.deleteMany({ where })).count;
    },
    async endSession(id, session) {
      return (await db.session.deleteMany({ where: { id: session, personId: id } })).count === 1;
    },
    async resetSecondFactor(id) {
      const where = { personId: id };
      const { count } = await db.person.updateMany({ where: { id }, data: { twoFactorEnabled: false } });
      if (count === 0) return undefined;
      const apps = await db.secondFactor.deleteMany({ where });
      return { authenticatorApp: apps.count > 0, passkeys: (await db.passkey.deleteMany({ where })).count };
    },
  };
}
