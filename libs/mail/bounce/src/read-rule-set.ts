import { isBounceClass } from './bounce-class.ts';
import type { Rule, RuleSet } from './rule.ts';

/** Bounds of what an operator hands in: a rule set is read at every failure. */
const MAX_RULES = 500;
const MAX_PHRASES = 300;
const MAX_PHRASE = 120;
const LISTS = ['codes', 'enhanced', 'texts', 'without', 'stages', 'providers'] as const;
const STAGES: readonly string[] = [
  'resolve',
  'connect',
  'greeting',
  'ehlo',
  'starttls',
  'auth',
  'mail',
  'rcpt',
  'data',
  'content',
  'internal',
];

export interface RuleFault {
  readonly at: string;
  readonly message: string;
}

/** Reads a rule set that came from outside: the set, or everything that is wrong with it. */
export function readRuleSet(given: unknown): { readonly ok: RuleSet } | { readonly faults: readonly RuleFault[] } {
  const faults: RuleFault[] = [];
  const refuse = (at: string, message: string) => void faults.push({ at, message });
  const set = asRecord(given);
  const version = set?.['version'];
  const rules = set?.['rules'];
  if (!Number.isSafeInteger(version) || Number(version) < 1) refuse('version', 'Expected a whole number from 1');
  if (!Array.isArray(rules) || rules.length === 0 || rules.length > MAX_RULES) {
    refuse('rules', `Expected a list of 1 to ${MAX_RULES} rules`);
    return { faults };
  }
  const seen = new Set<unknown>();
  for (const [index, each] of rules.entries()) {
    readRule(asRecord(each), (at, message) => refuse(`rules.${index}${at}`, message));
    const id = asRecord(each)?.['id'];
    if (seen.has(id)) refuse(`rules.${index}.id`, 'Another rule has this id');
    seen.add(id);
  }
  return faults.length > 0 ? { faults } : { ok: { version: Number(version), rules: asRules(rules) } };
}

function readRule(
  rule: Readonly<Record<string, unknown>> | undefined,
  refuse: (at: string, message: string) => void,
): void {
  if (!rule) return refuse('', 'Expected a rule');
  const known: readonly string[] = ['id', 'class', 'from', ...LISTS];
  for (const key of Object.keys(rule)) if (!known.includes(key)) refuse(`.${key}`, 'There is no such field');
  const { id, class: bounceClass, from } = rule;
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
    refuse('.id', 'Expected small letters, digits and hyphens');
  if (typeof bounceClass !== 'string' || !isBounceClass(bounceClass)) refuse('.class', 'There is no such class');
  if (from !== undefined && from !== 'remote' && from !== 'local') refuse('.from', 'Expected remote or local');
  for (const list of LISTS) {
    const items = rule[list];
    if (items === undefined) continue;
    const isSound =
      Array.isArray(items) &&
      items.length > 0 &&
      items.length <= MAX_PHRASES &&
      items.every((item) => isItem(list, item));
    if (!isSound) refuse(`.${list}`, WORDS[list]);
  }
  if (LISTS.every((list) => rule[list] === undefined)) refuse('', 'A rule that names nothing would take every reply');
}

function isItem(list: (typeof LISTS)[number], item: unknown): boolean {
  if (typeof item !== 'string' || item.trim() === '' || item.length > MAX_PHRASE) return false;
  if (list === 'codes') return /^[45]\d{0,2}$/.test(item);
  if (list === 'enhanced') return /^(?:[45]\.)?\d{1,3}\.(?:\d{1,3}|\d{0,3}\*)$/.test(item);
  if (list === 'stages') return STAGES.includes(item);
  return list === 'providers' ? /^[a-z0-9]+$/.test(item) : !/ {2}|^ | $|\p{Lu}/u.test(item);
}

const WORDS: Readonly<Record<(typeof LISTS)[number], string>> = {
  codes: 'Expected beginnings of reply codes, as 5 or 421',
  enhanced: 'Expected enhanced codes, as 1.1, 7.* or 5.7.1',
  texts: 'Expected phrases in small letters with one space between words',
  without: 'Expected phrases in small letters with one space between words',
  stages: 'Expected stages of a conversation, as rcpt',
  providers: 'Expected names of providers',
};

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** Every rule was read by `readRule`, which found no fault. */
function asRules(rules: readonly unknown[]): readonly Rule[] {
  return rules as readonly Rule[];
}
