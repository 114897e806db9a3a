import type { BounceClass } from './bounce-class.ts';

/** The steps of a conversation, as rules name them. */
export type Stage =
  'resolve' | 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'content' | 'internal';

/**
 * A rule: all of what it names must be so. Rules are data, and the first that takes a reply names its class.
 *
 * Texts are phrases, not regular expressions: words as they stand in the normalised reply (`normaliseText`), where `*` at
 * the end of a word stands for any ending, `...` for up to eight words, and `$` as the last word for the end. One of `texts` must be in the reply, none of `without`.
 */
export interface Rule {
  /** What the rule is called in records and reports. */
  readonly id: string;
  readonly class: BounceClass;
  /** The beginnings of reply codes: `5`, `55`, `421`. */
  readonly codes?: readonly string[];
  /** Subject and detail of the enhanced status code, of class 4 or 5: `1.1`, `7.*`, or with its class: `5.7.1`. */
  readonly enhanced?: readonly string[];
  readonly texts?: readonly string[];
  readonly without?: readonly string[];
  readonly stages?: readonly Stage[];
  /** Names of providers (`providers.ts`). */
  readonly providers?: readonly string[];
  /** Whose words the reply is. */
  readonly from?: 'remote' | 'local';
}

/** A set of rules under a version: what is classified remembers which one told its class. */
export interface RuleSet {
  readonly version: number;
  readonly rules: readonly Rule[];
}
