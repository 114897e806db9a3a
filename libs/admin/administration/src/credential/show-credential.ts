import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** One submission credential, by its id or its name. */
export const showCredential = verb(ROUTES.showCredential, async ({ store }, { params }) => {
  const reference = readReference(params.credential);
  const credential = reference && (await store.findCredential(reference));
  return credential ? done(credential) : notFound(`credential ${params.credential}`);
});
