import { ROUTES } from '@postern/admin-contract';
import { searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the TLS policy page says: which domain is explained. */
export interface TlsPolicySearch {
  readonly domain: string | undefined;
}

export function readSearch(raw: RawSearch): TlsPolicySearch {
  const parsed = ROUTES.explainPolicy.params.safeParse({ domain: raw['domain'] });
  return { domain: parsed.success ? parsed.data.domain : undefined };
}

export function tlsPolicyPath(domain: string): string {
  return searchPath('/tls-policy', { domain });
}
