import type { BounceRuleSet } from '@postern/admin-contract';

/** How the rules of a version differ from those that count, by the ids of the rules. */
export interface RuleDifference {
  /** In the version and not among those that count. */
  readonly only: readonly string[];
  /** Among those that count and not in the version. */
  readonly missing: readonly string[];
  /** In both, and not the same. */
  readonly other: readonly string[];
  /** The rules are the same, and their order is another: the first that takes a reply tells its class. */
  readonly reordered: boolean;
}

/** Tells the rules of a version apart from those that count. */
export function differenceOf(
  version: Pick<BounceRuleSet, 'rules'>,
  active: Pick<BounceRuleSet, 'rules'>,
): RuleDifference {
  const [here, there] = [byId(version.rules), byId(active.rules)];
  const only = [...here.keys()].filter((id) => !there.has(id));
  const missing = [...there.keys()].filter((id) => !here.has(id));
  const other = [...here].filter(([id, text]) => there.has(id) && there.get(id) !== text).map(([id]) => id);
  const same = only.length + missing.length + other.length === 0;
  const reordered = same && [...here.keys()].join('\n') !== [...there.keys()].join('\n');
  return { only, missing, other, reordered };
}

function byId(rules: BounceRuleSet['rules']): ReadonlyMap<string, string> {
  return new Map(rules.map((rule) => [String(rule['id']), canonical(rule)]));
}

/** A rule's text in which the order of its fields is always the same. */
function canonical(rule: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(rule).sort(([a], [b]) => a.localeCompare(b)));
}
