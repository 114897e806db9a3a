import type { Account } from '@postern/admin-contract';
import type { Context } from '../context.ts';
import { readId } from '../reference.ts';

/** The account that a text names: by its id, or by its e-mail address in whatever case. */
export function findAccount({ store }: Pick<Context, 'store'>, text: string): Promise<Account | undefined> {
  return store.findAccount(readId(text) ?? { email: text.trim().toLowerCase() });
}
