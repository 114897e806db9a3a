import { ADDRESS_RULES } from './rules/address.ts';
import { AUTHENTICATION_RULES } from './rules/authentication.ts';
import { BLOCK_RULES } from './rules/blocks.ts';
import { FALLBACK_RULES } from './rules/fallback.ts';
import { FOREIGN_RULES } from './rules/languages.ts';
import { LOCAL_RULES } from './rules/local.ts';
import { MESSAGE_RULES } from './rules/message.ts';
import { PACE_RULES } from './rules/pace.ts';
import { SENDER_RULES } from './rules/sender.ts';
import { SYSTEM_RULES } from './rules/system.ts';
import type { RuleSet } from './rule.ts';

/**
 * The rules that ship with Postern. What speaks of us comes before what speaks of the address: a reply that names both
 * ("Mailbox unavailable. Your IP … is blacklisted") is about us, and a wrong block costs less than a wrong suppression.
 */
export const DEFAULT_RULE_SET: RuleSet = Object.freeze({
  version: 1,
  rules: [
    ...LOCAL_RULES,
    ...PACE_RULES,
    ...AUTHENTICATION_RULES,
    ...MESSAGE_RULES,
    ...BLOCK_RULES,
    ...SENDER_RULES,
    ...FOREIGN_RULES,
    ...ADDRESS_RULES,
    ...SYSTEM_RULES,
    ...FALLBACK_RULES,
  ],
});
