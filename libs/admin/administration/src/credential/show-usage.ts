import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { usageOf } from '../submitter/show-usage.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** What a credential uses of its limits now, and what the abuse guard has learned of it. */
export const showCredentialUsage = verb(ROUTES.showCredentialUsage, async (context, { params }) => {
  const reference = readReference(params.credential);
  const credential = reference && (await context.store.findCredential(reference));
  return credential ? done(await usageOf(context, credential)) : notFound(`credential ${params.credential}`);
});
