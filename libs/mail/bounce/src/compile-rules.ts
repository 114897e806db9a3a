import { fold } from './normalise-text.ts';
import type { Rule, Stage } from './rule.ts';

/** What rules look at. */
export interface ReplyFacts {
  readonly code: string;
  readonly enhanced: string | undefined;
  /** Normalised. */
  readonly text: string;
  readonly stage: Stage | undefined;
  readonly provider: string | undefined;
  readonly from: 'remote' | 'local';
}

export interface Matcher {
  readonly rule: Rule;
  readonly takes: (facts: ReplyFacts) => boolean;
}

/** Rules made ready to be asked. Phrases become expressions whose cost is bounded, whoever wrote them. */
export function compileRules(rules: readonly Rule[]): readonly Matcher[] {
  return rules.map((rule) => {
    const texts = rule.texts && expressionOf(rule.texts);
    const without = rule.without && rule.without.length > 0 ? expressionOf(rule.without) : undefined;
    return {
      rule,
      takes: (facts) =>
        (rule.from === undefined || rule.from === facts.from) &&
        (rule.codes === undefined || rule.codes.some((code) => facts.code.startsWith(code))) &&
        (rule.enhanced === undefined || isEnhanced(rule.enhanced, facts.enhanced)) &&
        (rule.stages === undefined || (facts.stage !== undefined && rule.stages.includes(facts.stage))) &&
        (rule.providers === undefined || (facts.provider !== undefined && rule.providers.includes(facts.provider))) &&
        (texts === undefined || texts.test(facts.text)) &&
        (without === undefined || !without.test(facts.text)),
    };
  });
}

/** `1.1` is 4.1.1 and 5.1.1; `7.*` every detail of subject 7. */
function isEnhanced(patterns: readonly string[], enhanced: string | undefined): boolean {
  if (enhanced === undefined) return false;
  const detail = enhanced.slice(2);
  return patterns.some((pattern) => {
    const given = pattern.split('.').length === 3 ? enhanced : detail;
    return pattern.endsWith('*') ? given.startsWith(pattern.slice(0, -1)) : given === pattern;
  });
}

function expressionOf(phrases: readonly string[]): RegExp {
  return new RegExp(`(?<= )(?:${phrases.map((phrase) => phraseExpression(fold(phrase))).join('|')})(?= )`, 'u');
}

function phraseExpression(phrase: string): string {
  return phrase
    .split(' ')
    .map((word, index) => {
      const gap = index === 0 ? '' : ' ';
      if (word === '$') return '(?= $)';
      if (word === '...') return '(?: [^ ]+){0,8}?';
      return `${gap}${word.endsWith('*') ? `${escaped(word.slice(0, -1))}[^ ]*` : escaped(word)}`;
    })
    .join('');
}

function escaped(word: string): string {
  return word.replace(/[^\p{L}\p{N}@]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? '20'}}`);
}
