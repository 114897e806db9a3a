import { type BounceRuleSet, type FieldFault, type Reclassified } from '@postern/admin-contract';
import { classifier, DEFAULT_RULE_SET, readRuleSet, type RuleSet } from '@postern/bounce';
import type { AdminStore } from '../ports/admin-store.ts';
import type { StoredReply, StoredRules } from '../ports/bounce-admin.ts';

const PAGE = 1_000;
const MAX_KINDS = 200;

/** The rules that are active, as the API shows them. */
export function viewOf(stored: StoredRules | undefined): BounceRuleSet {
  const isStored = stored !== undefined && stored.rules.length > 0;
  const { version, rules } = isStored ? stored : DEFAULT_RULE_SET;
  return {
    version: stored?.version ?? version,
    rules: rules.map((rule) => ({ ...rule })),
    createdAt: stored?.createdAt.toISOString() ?? null,
    createdBy: stored?.createdBy ?? 'postern',
    active: true,
    shipped: !isStored,
  };
}

/** The rules that are active. */
export async function activeRuleSet(store: AdminStore): Promise<RuleSet> {
  const stored = await store.activeRules();
  return stored && stored.rules.length > 0 ? stored : DEFAULT_RULE_SET;
}

/** Rules as they came from outside: the set, or what is wrong with them. */
export function readRules(
  rules: readonly unknown[],
): { readonly ok: RuleSet } | { readonly errors: readonly FieldFault[] } {
  const reading = readRuleSet({ version: 1, rules });
  return 'ok' in reading
    ? reading
    : { errors: reading.faults.slice(0, 50).map(({ at, message }) => ({ field: `body.${at}`, message })) };
}

/** Asks rules about the latest failed attempts; `changed` gets those that they say something else of, page by page. */
export async function replay(
  { store, ruleSet, limit }: { readonly store: AdminStore; readonly ruleSet: RuleSet; readonly limit: number },
  changed: (replies: readonly (StoredReply & { readonly to: string; readonly rule: string })[]) => Promise<void>,
): Promise<{ replies: number; changes: Reclassified[] }> {
  const classify = classifier(ruleSet);
  const kinds = new Map<string, Reclassified>();
  let replies = 0;
  let after: StoredReply | undefined;
  while (replies < limit) {
    const page = await store.failedReplies({ after, limit: Math.min(PAGE, limit - replies) });
    const other = page
      .map((reply) => ({ reply, told: classify(reply) }))
      .filter(({ reply, told }) => told.class !== reply.class)
      .map(({ reply, told }) => ({ ...reply, to: told.class, rule: told.rule }));
    for (const each of other) count(kinds, each);
    if (other.length > 0) await changed(other);
    replies += page.length;
    after = page.at(-1);
    if (page.length < PAGE) break;
  }
  return { replies, changes: [...kinds.values()].sort((a, b) => b.replies - a.replies) };
}

function count(
  kinds: Map<string, Reclassified>,
  each: StoredReply & { readonly to: string; readonly rule: string },
): void {
  const key = `${each.class} ${each.to} ${each.rule}`;
  const known = kinds.get(key);
  if (known) known.replies += 1;
  else if (kinds.size < MAX_KINDS) {
    const example = `${each.code} ${each.enhanced ?? ''} ${each.text}`.slice(0, 300);
    kinds.set(key, { from: each.class ?? null, to: each.to, rule: each.rule, replies: 1, example });
  }
}
