/** What a reply makes us do, beside what becomes of its recipient. */
export type ReplyAction =
  | { readonly do: 'fewer lanes' }
  | { readonly do: 'slower' }
  | { readonly do: 'rest'; readonly forMs: number }
  /** The mail of this reverse-path rests at this site. */
  | { readonly do: 'rest sender'; readonly forMs: number }
  /** This source rests at this site, and others of its pool are used. */
  | { readonly do: 'other source'; readonly forMs: number }
  /** The recipient is refused for good, though the reply says 4yz. */
  | { readonly do: 'bounce' };

/** Which replies a rule is about; what it does not name may be anything. */
export interface ReplyRule {
  readonly name: string;
  /** The name of a provider in `providers.ts`. */
  readonly provider?: string;
  readonly codes?: readonly number[];
  /** Enhanced status codes; `4.7` stands for all that begin with it. */
  readonly enhanced?: readonly string[];
  readonly text?: RegExp;
  readonly make: ReplyAction;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * What providers are known to say. The first rule that matches decides; providers' own rules come before those for
 * everyone. Every expression reads a bounded text once, without going back.
 */
// prettier-ignore
export const REPLY_RULES: readonly ReplyRule[] = Object.freeze([
  // Yahoo: TSS04 and TSS05 are for a time (volume, complaints), TSS09 to TSS11 say that the address is blocked for longer.
  { name: 'yahoo-volume', provider: 'yahoo', text: /\[TSS0[1-8]\]/, make: { do: 'rest', forMs: 10 * MINUTE } },
  { name: 'yahoo-blocked', provider: 'yahoo', text: /\[TSS(?:09|1[01])\]/, make: { do: 'other source', forMs: 4 * HOUR } },
  { name: 'yahoo-connections', provider: 'yahoo', text: /Too many concurrent connections|\[TS02\]/i, make: { do: 'fewer lanes' } },
  // Google: the source's rate, the receiving mailbox's rate (which is nobody else's matter), unsolicited mail.
  { name: 'google-source-rate', provider: 'google', codes: [421, 450, 451], enhanced: ['4.7.28', '4.7.0'], text: /unusual rate|rate limited/i, make: { do: 'slower' } },
  { name: 'google-ip-reputation', provider: 'google', codes: [421], enhanced: ['4.7.0'], text: /suspicious|reputation/i, make: { do: 'other source', forMs: HOUR } },
  { name: 'google-sender-limit', provider: 'google', enhanced: ['4.5.4', '5.4.5'], text: /sending (?:limit|quota)/i, make: { do: 'rest sender', forMs: HOUR } },
  { name: 'google-connections', provider: 'google', enhanced: ['4.7.0'], text: /too many (?:concurrent )?connections/i, make: { do: 'fewer lanes' } },
  // Microsoft: S775, AS(…) and RP-00… speak of the source; 4.7.500 to 4.7.699 of a busy or suspicious service.
  { name: 'microsoft-source-rate', provider: 'microsoft', text: /RP-00[123]|S77[57]|AS\(4880?\)/, make: { do: 'rest', forMs: 15 * MINUTE } },
  { name: 'microsoft-blocked', provider: 'microsoft', text: /\bS3(?:140|150)\b|RP-00[4-9]/, make: { do: 'other source', forMs: 4 * HOUR } },
  { name: 'microsoft-busy', provider: 'microsoft', enhanced: ['4.7.500', '4.7.501', '4.3.2'], make: { do: 'fewer lanes' } },
  { name: 'microsoft-sender-limit', provider: 'microsoft', text: /SubmissionQuotaExceeded|exceeded.{0,40}(?:recipient|message|sending) limit/i, make: { do: 'rest sender', forMs: HOUR } },
  { name: 'microsoft-bad-sender', provider: 'microsoft', enhanced: ['5.1.8'], text: /bad outbound sender/i, make: { do: 'rest sender', forMs: 12 * HOUR } },
  // Apple: CS01 and HM08 are local policy about the source; it says "too many errors" before it closes.
  { name: 'apple-policy', provider: 'apple', text: /\[(?:CS01|HM08)\]/, make: { do: 'other source', forMs: HOUR } },
  { name: 'apple-errors', provider: 'apple', text: /too many errors/i, make: { do: 'fewer lanes' } },
  // Everyone.
  { name: 'too-many-connections', text: /too many (?:concurrent |simultaneous |open )?(?:smtp )?(?:connections|sessions)|(?:maximum|max) (?:number of )?connections|connection (?:limit|count) (?:exceeded|reached)|concurrency limit/i, make: { do: 'fewer lanes' } },
  { name: 'rate-limited', text: /rate[- ]?limit|(?:message|sending|connection|recipient) rate|too (?:fast|many (?:messages|mails|emails|recipients (?:this|per)))|throttl|frequency limited|slow down|unusual rate|exceeded.{0,40}(?:per|an|this) (?:minute|hour|day)/i, make: { do: 'slower' } },
  { name: 'sender-limit', enhanced: ['4.5.4', '5.4.5'], text: /limit|quota/i, make: { do: 'rest sender', forMs: HOUR } },
  { name: 'overloaded', codes: [421, 432, 450, 451, 452], text: /(?:server|system|service|host) (?:is )?(?:too )?busy|overload|high load|insufficient system resources/i, make: { do: 'fewer lanes' } },
  { name: 'closing', codes: [421], make: { do: 'fewer lanes' } },
  // RFC 3463 §3.6: the mailbox's provider says for good that it is not there, in a reply that begins with 4.
  { name: 'no-such-user-later', codes: [450, 451], enhanced: ['5.1.1'], text: /no such user|user unknown|does not exist/i, make: { do: 'bounce' } },
]);
