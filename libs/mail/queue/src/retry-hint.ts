const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const SOONEST_MS = 5_000;
const LATEST_MS = 4 * 3_600_000;

/** Words that say that a time to come back follows: `try again in 5 minutes`, `greylisted for 300 seconds`, `retry after 60`. */
const ASKS = /(?:again|retry|come back|wait|greylist\w*|gr[ea]y-list\w*|deferred for|delayed for)\b/gi;
const CLOCK = /^[^.;\d]{0,40}?(\d{1,2}):([0-5]\d):([0-5]\d)\b/;
const AMOUNT = /^[^.;\d]{0,40}?(\d{1,6})\s?(s|m|h)(?:ec|econd|in|inute|r|our)?s?\b/i;
const AFTER_SECONDS = /^[- ]?(?:after|in)[: ]\s?(\d{1,6})(?![\d.:]|\s?[a-z])/i;

/**
 * When a temporary refusal asks us to come back, in milliseconds; undefined when it does not say. Between five seconds and
 * four hours: a host that asks for more is asked again in between.
 */
export function retryHintMs(text: string): number | undefined {
  for (const asks of text.slice(0, 500).matchAll(ASKS)) {
    const rest = text.slice(asks.index + asks[0].length, asks.index + asks[0].length + 80);
    const ms = spanOf(rest);
    if (ms !== undefined) return Math.min(Math.max(ms, SOONEST_MS), LATEST_MS);
  }
  return undefined;
}

function spanOf(rest: string): number | undefined {
  const clock = CLOCK.exec(rest);
  if (clock) return (Number(clock[1]) * 3_600 + Number(clock[2]) * 60 + Number(clock[3])) * 1_000;
  const amount = AMOUNT.exec(rest);
  if (amount) return Number(amount[1]) * (UNITS_MS[(amount[2] ?? 's').toLowerCase()] ?? 1_000);
  const bare = AFTER_SECONDS.exec(rest);
  return bare ? Number(bare[1]) * 1_000 : undefined;
}
