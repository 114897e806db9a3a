import { AsyncLocalStorage } from 'node:async_hooks';
import { verifyPassword } from '@postern/administration';

/** The stored hash that a password is compared with, for whoever began the comparison. */
const comparing = new AsyncLocalStorage<{ hash: string | undefined }>();

/** Compares a password with its stored hash, as the library of sessions asks for it. */
export function comparePassword({ hash, password }: { readonly hash: string; readonly password: string }) {
  const box = comparing.getStore();
  if (box) box.hash = hash;
  return verifyPassword(hash, password);
}

/** Runs a sign-in, and tells which stored hash its password was compared with. */
export async function noteCompared<T>(
  signIn: () => Promise<T>,
): Promise<{ readonly answer: T; readonly hash: string | undefined }> {
  const box: { hash: string | undefined } = { hash: undefined };
  const answer = await comparing.run(box, signIn);
  return { answer, hash: box.hash };
}
