import { ROUTES } from '@postern/admin-contract';
import { readReference } from '../credential/reference.ts';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** The client certificates and token claims that are bound to a credential. */
export const listIdentities = verb(ROUTES.listIdentities, async ({ store }, { params }) => {
  const reference = readReference(params.credential);
  const credential = reference && (await store.findCredential(reference));
  if (!credential) return notFound(`credential ${params.credential}`);
  return done({ items: [...(await store.identitiesOf(credential.id))] });
});
