import { ROUTES } from '@postern/admin-contract';
import { searchPath, type RawSearch } from '../../../features/table/search-of.ts';

export const VIEWS = ['explain', 'simulate', 'results', 'reports'] as const;
export type View = (typeof VIEWS)[number];

/** What the address of the TLS policy page says: what is looked at, of which domains, over how many days. */
export interface TlsPolicySearch {
  readonly view: View;
  /** Which domain is explained, or which destination's results are shown. */
  readonly domain: string | undefined;
  /** For which domains it is simulated that verified TLS is required. */
  readonly domains: readonly string[];
  readonly days: number;
}

const DEFAULT_DAYS = 7;

export function readSearch(raw: RawSearch): TlsPolicySearch {
  const domain = ROUTES.explainPolicy.params.safeParse({ domain: raw['domain'] });
  const listed = domainsIn(typeof raw['domains'] === 'string' ? raw['domains'] : '');
  const asked = ROUTES.simulatePolicy.body.safeParse({ domains: listed, days: Number(raw['days'] ?? DEFAULT_DAYS) });
  const days = ROUTES.listTlsResults.query.safeParse({ days: raw['days'] ?? DEFAULT_DAYS });
  return {
    view: VIEWS.find((view) => view === raw['view']) ?? 'explain',
    domain: domain.success ? domain.data.domain : undefined,
    domains: asked.success ? asked.data.domains : [],
    days: asked.success ? asked.data.days : days.success ? days.data.days : DEFAULT_DAYS,
  };
}

/** The domains in a text in which spaces, commas and lines part them. */
export function domainsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))].slice(0, 50);
}

export function tlsPolicyPath(
  view: View,
  query: { readonly domain?: string; readonly domains?: readonly string[]; readonly days?: number } = {},
): string {
  const { domains, ...rest } = query;
  const all = { view, ...rest, domains: domains?.join(',') };
  return searchPath('/tls-policy', all, { view: 'explain', days: DEFAULT_DAYS });
}
