import type { SenderRule } from '@postern/credentials';

/** A domain and the domains above it, the longest first; a single label signs for nobody. */
export function domainsAbove(domain: string): readonly string[] {
  const labels = domain.split('.');
  return Array.from({ length: Math.max(1, labels.length - 1) }, (_, start) => labels.slice(start).join('.'));
}

/**
 * Which sending domain signs mail whose author is at a domain; undefined when none does.
 *
 * A domain's own row decides, whatever it says: a row without keys keeps the domain above it from signing. A domain above
 * signs only when its row says so, and only for a submitter who may send as its sub-domains at large: one who may send as
 * `@a.example.org` alone gets no signature of `example.org`.
 */
export function chooseSigningDomain<Row extends { readonly name: string; readonly subDomains: boolean }>(
  domain: string,
  rows: readonly Row[],
  rules: readonly SenderRule[],
): Row | undefined {
  for (const name of domainsAbove(domain)) {
    const row = rows.find((each) => each.name === name);
    if (!row) continue;
    if (name === domain) return row;
    return row.subDomains && rules.some((rule) => coversSubDomains(rule, name)) ? row : undefined;
  }
  return undefined;
}

function coversSubDomains(rule: SenderRule, name: string): boolean {
  if (rule.kind === 'any') return true;
  return rule.kind === 'sub-domains' && (rule.domain === name || name.endsWith(`.${rule.domain}`));
}
