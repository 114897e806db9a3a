import { parseDomain } from '@postern/smtp';
import type { KnownSendingDomain } from '@postern/sending-domain';
import type { DomainReads } from '../ports/sending-domain-admin.ts';
import { readId } from '../reference.ts';

/** Finds a sending domain by its id or its name. */
export async function findDomain(
  store: Pick<DomainReads, 'findDomain'>,
  text: string,
): Promise<KnownSendingDomain | undefined> {
  const byId = readId(text);
  if (byId) return store.findDomain(byId);
  const name = parseDomain(text);
  return name && store.findDomain({ name });
}
