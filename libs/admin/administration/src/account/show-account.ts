import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { findAccount } from './reference.ts';

/** One account, by its id or its e-mail address. */
export const showAccount = verb(ROUTES.showAccount, async (context, { params }) => {
  const found = await findAccount(context, params.account);
  return found ? done(found) : notFound(`account ${params.account}`);
});
