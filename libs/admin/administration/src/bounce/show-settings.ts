import { ROUTES } from '@postern/admin-contract';
import { readReference } from '../credential/reference.ts';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** How bounces of a credential's mail are dealt with. */
export const showBounceSettings = verb(ROUTES.showBounceSettings, async ({ store }, { params }) => {
  const reference = readReference(params.credential);
  const credential = reference && (await store.findCredential(reference));
  return credential ? done(await store.bounceSettings(credential.id)) : notFound(`credential ${params.credential}`);
});
