import { DKIM_PRIVATE_KEY, unseal } from '@postern/sealing';
import type { Context } from '../context.ts';
import { conflict, done, notFound, type Outcome, unauthorized } from '../outcome.ts';
import { findDomain } from './reference.ts';

export interface ExportedKey {
  readonly domain: string;
  readonly selector: string;
  /** PKCS#8 in PEM. */
  readonly privateKey: string;
}

/**
 * The private half of a key, for another signer. It is no route of the API: only who has the machine's shell may take a key
 * away, and the audit says so.
 */
export async function exportDomainKey(
  { store, actor, keys }: Context,
  given: { readonly domain: string; readonly selector: string; readonly reason?: string },
): Promise<Outcome<ExportedKey>> {
  const refused = unauthorized(actor, 'domains:write');
  if (refused) return refused;
  const domain = await findDomain(store, given.domain);
  if (!domain) return notFound(`sending domain ${given.domain}`);
  const selector = given.selector.toLowerCase();
  const sealed = await store.sealedDkimKey(domain.id, selector);
  if (!sealed) return notFound(`key ${selector} of ${domain.name}`);
  const privateKey = unseal(sealed, { key: keys.sealKey, purpose: DKIM_PRIVATE_KEY });
  if (privateKey === undefined)
    return conflict('The key cannot be opened: POSTERN_SECRET is another than when it was made');
  await store.change((changes) => {
    const subject = { subjectId: domain.id, subjectName: domain.name };
    return changes.audit({ actor, action: 'domain.export-key', ...subject, reason: given.reason, facts: { selector } });
  });
  return done({ domain: domain.name, selector, privateKey });
}
