import { REPLY_RULES, type ReplyAction, type ReplyRule } from './reply-rules.ts';

/** A reply that was not yes, and whose it is. */
export interface HeardReply {
  readonly code: number;
  readonly enhanced: string | undefined;
  readonly text: string;
  /** The name of the provider that the site belongs to. */
  readonly provider: string | undefined;
}

export interface Judged {
  readonly rule: string;
  readonly action: ReplyAction;
}

const MAX_TEXT = 1_000;

/** What a reply makes us do beside what becomes of its recipient: nothing, for most. The first rule that matches decides. */
export function judgeReply(reply: HeardReply, rules: readonly ReplyRule[] = REPLY_RULES): Judged | undefined {
  const bounded = { ...reply, text: reply.text.slice(0, MAX_TEXT) };
  const rule = rules.find((each) => matches(each, bounded));
  return rule && { rule: rule.name, action: rule.make };
}

function matches({ provider, codes, enhanced, text }: ReplyRule, reply: HeardReply): boolean {
  if (reply.code < 400) return false;
  if (provider !== undefined && provider !== reply.provider) return false;
  if (codes && !codes.includes(reply.code)) return false;
  if (enhanced && !enhanced.some((each) => begins(reply.enhanced, each))) return false;
  return text === undefined || text.test(reply.text);
}

/** `4.7` stands for `4.7.0` and `4.7.28`, and not for `4.70`. */
function begins(enhanced: string | undefined, with_: string): boolean {
  return enhanced !== undefined && (enhanced === with_ || enhanced.startsWith(`${with_}.`));
}
