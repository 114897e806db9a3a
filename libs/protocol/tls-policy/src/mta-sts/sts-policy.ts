/** A policy of MTA-STS (RFC 8461 §3.2). */
export interface StsPolicy {
  readonly mode: 'enforce' | 'testing' | 'none';
  /** Host names and patterns `*.example.com`, lower case. */
  readonly mx: readonly string[];
  readonly maxAgeSeconds: number;
}

export type StsPolicyReading =
  { readonly kind: 'policy'; readonly policy: StsPolicy } | { readonly kind: 'invalid'; readonly because: string };

/** RFC 8461 §3.2: about a year is the longest that counts. */
const MAX_AGE_SECONDS = 31_557_600;
const MAX_MX = 500;

/**
 * Reads a policy file (RFC 8461 §3.2). Fields that are not known are passed over; of a field that comes twice the first
 * counts, `mx` apart; lines may end in LF or CRLF.
 */
export function readStsPolicy(text: string): StsPolicyReading {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1)?.trim() === '') lines.pop();
  const first = new Map<string, string>();
  const mx: string[] = [];
  for (const [index, line] of lines.entries()) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) return invalid(`line ${index + 1} is no field`);
    if (name === 'mx') mx.push(value);
    else if (!first.has(name)) first.set(name, value);
  }
  if (first.get('version') !== 'STSv1') return invalid('its version is not STSv1');
  const mode = first.get('mode');
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none')
    return invalid('its mode is not enforce, testing or none');
  const maxAge = first.get('max_age') ?? '';
  if (!/^\d{1,10}$/.test(maxAge)) return invalid('its max_age is no number of seconds');
  const wrong = mx.find((pattern) => !MX.test(pattern) || pattern.length > 255);
  if (wrong !== undefined) return invalid(`its mx ${wrong.slice(0, 100)} is no host name`);
  if (mx.length === 0 && mode !== 'none') return invalid('it names no mx');
  if (mx.length > MAX_MX) return invalid(`it names more than ${MAX_MX} mx`);
  const maxAgeSeconds = Math.min(Number(maxAge), MAX_AGE_SECONDS);
  return { kind: 'policy', policy: { mode, mx: mx.map((each) => each.toLowerCase()), maxAgeSeconds } };
}

/** The policy as lines, the way a TLS report quotes it (RFC 8460 §4.4). */
export function stsPolicyLines({ mode, mx, maxAgeSeconds }: StsPolicy): readonly string[] {
  return ['version: STSv1', `mode: ${mode}`, ...mx.map((each) => `mx: ${each}`), `max_age: ${maxAgeSeconds}`];
}

const FIELD =
  /^([A-Za-z0-9][\w.-]{0,31}):[ \t]*([^\u0000-\u0020\u007f](?:[^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f])?)[ \t]*$/;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const MX = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*$`);

function invalid(because: string): StsPolicyReading {
  return { kind: 'invalid', because };
}
