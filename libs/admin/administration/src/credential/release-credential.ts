import { ROUTES } from '@postern/admin-contract';
import { notFound } from '../outcome.ts';
import { releaseSubmitter } from '../submitter/release-submitter.ts';
import { verb } from '../verb.ts';
import { readReference } from './reference.ts';

/** Releases a credential whose new mail the abuse guard holds. */
export const releaseCredential = verb(ROUTES.releaseCredential, async (context, { params, body: { reason, mail } }) => {
  const reference = readReference(params.credential);
  const found = reference && (await context.store.findCredential(reference));
  if (!found) return notFound(`credential ${params.credential}`);
  const { id, name, guard } = found;
  return releaseSubmitter(context, { kind: 'credential', id, name, heldSince: guard.heldSince, reason, mail });
});
