/** Why a delivery failed: the classes of replies, the rules that tell them, what each means for the address. */
export * from './bounce-class.ts';
export * from './classify.ts';
export * from './default-rules.ts';
export { normaliseText } from './normalise-text.ts';
export { providerOf } from './providers.ts';
export { readEnhanced } from './read-enhanced.ts';
export { readRuleSet, type RuleFault } from './read-rule-set.ts';
export type * from './rule.ts';
export * from './return-path.ts';
export { RATE_THRESHOLDS } from './thresholds.ts';
