import type { BounceClass } from './bounce-class.ts';
import { compileRules, type Matcher } from './compile-rules.ts';
import { normaliseText } from './normalise-text.ts';
import { providerOf } from './providers.ts';
import { readEnhanced } from './read-enhanced.ts';
import type { RuleSet, Stage } from './rule.ts';

/** What is known of a failure. */
export interface FailedReply {
  readonly code: number;
  readonly enhanced?: string | undefined;
  readonly text: string;
  readonly stage?: Stage | undefined;
  /** The mail host that answered. */
  readonly host?: string | undefined;
  /** Whose words it is; `remote` where it is not said. */
  readonly from?: 'remote' | 'local';
}

/** Why a delivery failed, and which rule says so. */
export interface Classification {
  readonly class: BounceClass;
  readonly rule: string;
}

export type Classifier = (reply: FailedReply) => Classification;

/** A classifier by a set of rules: the first rule that takes the reply names the class. */
export function classifier(ruleSet: RuleSet): Classifier {
  const matchers = compileRules(ruleSet.rules);
  return (reply) => {
    const facts = {
      code: String(reply.code),
      enhanced: readEnhanced(reply)?.slice(0, 16),
      text: normaliseText(reply.text),
      stage: reply.stage,
      provider: providerOf(reply.host),
      from: reply.from ?? 'remote',
    } as const;
    return firstOf(matchers, facts) ?? lastResort(reply);
  };
}

function firstOf(matchers: readonly Matcher[], facts: Parameters<Matcher['takes']>[0]): Classification | undefined {
  const found = matchers.find((matcher) => matcher.takes(facts));
  return found && { class: found.rule.class, rule: found.rule.id };
}

/** Nothing is known but whether to come back. A class that suppresses nobody. */
function lastResort({ code }: FailedReply): Classification {
  return { class: code >= 500 ? 'policy' : 'remote_system', rule: 'none' };
}
