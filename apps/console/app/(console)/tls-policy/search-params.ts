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
  /** Where the page of each list begins; undefined: at its start. */
  readonly from: Readonly<Record<List, string | undefined>>;
}

/** The lists of the page that have pages of their own. */
export type List = 'rules' | 'received' | 'sent';

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
    from: { rules: cursorOf(raw['rules']), received: cursorOf(raw['received']), sent: cursorOf(raw['sent']) },
    days: asked.success ? asked.data.days : days.success ? days.data.days : DEFAULT_DAYS,
  };
}

function cursorOf(given: RawSearch[string]): string | undefined {
  const read = ROUTES.listTlsRules.query.safeParse({ cursor: given });
  return read.success ? read.data.cursor : undefined;
}

/** The domains in a text in which spaces, commas and lines part them. */
export function domainsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))].slice(0, 50);
}

export function tlsPolicyPath(
  view: View,
  query: { readonly domain?: string; readonly domains?: readonly string[]; readonly days?: number } & {
    readonly [Name in List]?: string | undefined;
  } = {},
): string {
  const { domains, ...rest } = query;
  const all = { view, ...rest, domains: domains?.join(',') };
  return searchPath('/tls-policy', all, { view: 'explain', days: DEFAULT_DAYS });
}
