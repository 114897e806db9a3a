import type { Account, AccountChanges, AccountReads, SignInTries } from '@postern/administration';
import type { Person, PrismaClient } from '../generated/client.ts';
import type { Db } from './client.ts';

/** Only one process may make the first account; the number is ours alone. */
const FIRST_ACCOUNT_LOCK = 7_316_403;

/** People's accounts, read. */
export function accountReads(db: Db): AccountReads {
  return { firstAccount: () => firstAccount(db) };
}

/** People's accounts, changed. */
export function accountChanges(db: Db): AccountChanges {
  return {
    async addFirstAccount({ email, name, role, passwordHash }) {
      await db.$executeRaw`select pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK})`;
      if (await firstAccount(db)) return undefined;
      const person = await db.person.create({ data: { email, emailVerified: true, name, role } });
      await db.signInMethod.create({
        data: { personId: person.id, accountId: person.id, providerId: 'credential', password: passwordHash },
      });
      return accountOf(person);
    },
  };
}

/** How long a try is remembered: longer than any span that failures are counted in. */
const FAILED_TRIES_KEPT = '1 day';
const KNOWN_FOR = '30 days';

/** Tries to sign in: a row for each key of a try. */
export function signInTries(db: PrismaClient): SignInTries {
  return {
    async noteTry(id, keys) {
      await db.signInTry.createMany({ data: keys.map(({ key }) => ({ id, key })) });
      await db.$executeRaw`
        delete from sign_in_tries where at < now() - case when succeeded then ${KNOWN_FOR} else ${FAILED_TRIES_KEPT} end::interval`;
      return Promise.all(
        keys.map(({ key, spanMs }) =>
          db.signInTry.count({ where: { key, succeeded: false, at: { gt: new Date(Date.now() - spanMs) } } }),
        ),
      );
    },
    async forgetTry(id) {
      await db.signInTry.deleteMany({ where: { id } });
    },
    async trySucceeded(id, { forget, knownAs }) {
      await db.$transaction([
        db.signInTry.deleteMany({
          where: { OR: [{ id }, { key: { in: [...forget] }, succeeded: false }, { key: knownAs }] },
        }),
        db.signInTry.create({ data: { id, key: knownAs, succeeded: true } }),
      ]);
    },
    async isKnown(key) {
      return (await db.signInTry.count({ where: { key, succeeded: true } })) > 0;
    },
  };
}

async function firstAccount(db: Db): Promise<Account | undefined> {
  const person = await db.person.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return person ? accountOf(person) : undefined;
}

function accountOf({ id, email, name, role }: Person): Account {
  return { id, email, name, role };
}
