import type { Account, AccountChanges, AccountIdentity, AccountReads, NewAccount } from '@postern/administration';
import type { Person } from '../generated/client.ts';
import { securityChanges, securityReads } from './account-security.ts';
import { instant, type Db } from './client.ts';
import { behind, DIRECTION } from './order.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';
import { LOCKS } from '../connection/locks.ts';

/** Who makes the first account, or takes an owner away, does so alone; the number is ours alone. */

/** People's accounts, read. */
export function accountReads(db: Db): AccountReads {
  return {
    firstAccount: () => firstAccount(db),
    async listAccounts({ after, limit, order, contains, role }) {
      const part = contains && { contains, mode: 'insensitive' as const };
      const where = {
        email: behind(order, after),
        ...(role ? { role } : {}),
        ...(part ? { OR: [{ email: part }, { name: part }] } : {}),
      };
      const orderBy = { email: DIRECTION[order] };
      return (await db.person.findMany({ ...withSessions(), where, orderBy, take: limit })).map(viewOf);
    },
    async findAccount(reference) {
      const person = await db.person.findUnique({ ...withSessions(), where: reference });
      return person ? viewOf(person) : undefined;
    },
    ...securityReads(db),
  };
}

/** People's accounts, changed. */
export function accountChanges(db: Db): AccountChanges {
  const add = async ({ email, name, role, passwordHash }: NewAccount) => {
    const person = await db.person.create({ data: { email, emailVerified: true, name, role }, ...withSessions() });
    await db.signInMethod.create({
      data: { personId: person.id, accountId: person.id, providerId: 'credential', password: passwordHash },
    });
    return person;
  };
  const isLastOwner = async (id: string) => {
    await db.$executeRaw`select pg_advisory_xact_lock(${LOCKS.owners})`;
    const owners = await db.person.findMany({ where: { role: 'owner' }, select: { id: true }, take: 2 });
    return owners.length === 1 && owners[0]?.id === id;
  };
  return {
    async addFirstAccount(account) {
      await db.$executeRaw`select pg_advisory_xact_lock(${LOCKS.owners})`;
      return (await firstAccount(db)) ? undefined : accountOf(await add(account));
    },
    async addAccount(account) {
      try {
        return viewOf(await add(account));
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    async setAccountRole(id, role) {
      if (role !== 'owner' && (await isLastOwner(id))) return 'last-owner';
      const { count } = await db.person.updateMany({ where: { id }, data: { role, updatedAt: new Date() } });
      const person = count === 1 ? await db.person.findUnique({ ...withSessions(), where: { id } }) : null;
      return person ? viewOf(person) : undefined;
    },
    async namesOfKeysOf(id) {
      const where = { makerId: id, revokedAt: null };
      const keys = await db.apiKey.findMany({ where, select: { name: true }, orderBy: { name: 'asc' } });
      return keys.map(({ name }) => name);
    },
    async removeAccount(id) {
      if (await isLastOwner(id)) return 'last-owner';
      return (await db.person.deleteMany({ where: { id } })).count === 1 ? 'removed' : undefined;
    },
    async setAccountPassword(id, passwordHash) {
      const where = { personId: id, providerId: 'credential' };
      const { count } = await db.signInMethod.updateMany({ where, data: { password: passwordHash } });
      if (count > 0) return;
      await db.signInMethod.create({ data: { ...where, id: newId(), accountId: id, password: passwordHash } });
    },
    ...securityChanges(db),
  };
}

async function firstAccount(db: Db): Promise<AccountIdentity | undefined> {
  const person = await db.person.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return person ? accountOf(person) : undefined;
}

function accountOf({ id, email, name, role }: Person): AccountIdentity {
  return { id, email, name, role };
}

/** With the sessions that hold now, the latest first. */
function withSessions() {
  return {
    include: {
      sessions: {
        where: { expiresAt: { gt: new Date() } },
        select: { createdAt: true },
        orderBy: { createdAt: 'desc' },
      },
      passkeys: { select: { id: true } },
      signInMethods: { where: { providerId: { not: 'credential' } }, select: { id: true } },
    },
  } as const;
}

interface WithSessions extends Person {
  readonly sessions: readonly { readonly createdAt: Date }[];
  readonly passkeys: readonly unknown[];
  readonly signInMethods: readonly unknown[];
}

function viewOf(person: WithSessions): Account {
  const [latest] = person.sessions;
  return {
    ...accountOf(person),
    createdAt: instant(person.createdAt),
    sessions: person.sessions.length,
    lastSignInAt: latest ? instant(latest.createdAt) : null,
    authenticatorApp: person.twoFactorEnabled,
    passkeys: person.passkeys.length,
    singleSignOn: person.signInMethods.length > 0,
  };
}
