/** An enhanced status code: `5.1.1` (RFC 3463 §2). */
export type EnhancedStatusCode = string;

// RFC 3463 §2: class 2, 4 or 5; subject and detail of one to three digits without leading zeros.
// What follows must not go on as a number or a word: `5.7.1.100` and `192.168.1.1` are addresses.
const AT_FRONT = /^([245]\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2}))(?=$|[\s:,;)\]])[ \t]?/;

/** Reads the enhanced status code at the front of a reply's text, and what follows it; undefined when there is none. */
export function readEnhancedStatusCode(text: string): { enhanced: EnhancedStatusCode; rest: string } | undefined {
  const [match, enhanced] = AT_FRONT.exec(text) ?? [];
  return match !== undefined && enhanced !== undefined ? { enhanced, rest: text.slice(match.length) } : undefined;
}
