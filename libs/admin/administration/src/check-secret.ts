import type { Keys } from '@postern/sealing';
import type { AdminStore } from './ports/admin-store.ts';

/** The secret is not the one that the database's credentials were hashed and its passwords sealed with. */
export class WrongSecret extends Error {
  override readonly name = 'WrongSecret';
}

/**
 * Makes sure that the secret is the one that the database was first used with, else throws WrongSecret: with another one
 * every credential would be refused, and new ones would work here and nowhere else.
 */
export async function checkSecret(
  store: Pick<AdminStore, 'secretFingerprint'>,
  { fingerprint }: Pick<Keys, 'fingerprint'>,
): Promise<void> {
  if ((await store.secretFingerprint(fingerprint)) === fingerprint) return;
  throw new WrongSecret(
    'The secret is not the one that this database was set up with. Set POSTERN_SECRET to that one, or POSTERN_DATA_DIR to the directory that holds it.',
  );
}
