import type { SignInTries } from '@postern/administration';
import type { PrismaClient } from '../generated/client.ts';

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
