/** Names of fields whose values no log may hold, whatever they are. */
const SECRET =
  /pass(?:word|phrase)|secret|authorization|cookie|^token$|session_?token|api_?key|private_?key|credential_?hash/i;
/** A password inside a URL: `postgresql://user:password@host`. All counts are bounded: the text may be a stranger's. */
const URL_PASSWORD = /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,256}):[^\s@/]{0,512}@/gi;

const MAX_TEXT = 2048;
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_NAMES = 1_000;

/**
 * What of a value may be logged: the one place that every logged value goes through.
 *
 * Fields with the name of a secret, passwords in URLs and octets are replaced, long texts and lists are cut, so neither a
 * slip of ours nor the length of what a client sent ends up in a log.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} octets]`;
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Map) return redact(Object.fromEntries(value), depth);
  if (Array.isArray(value) || value instanceof Set) return redactList([...value], depth);
  const fields = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    fields.map(([key, each]) => [key, isSecret(key) && each !== undefined ? '[redacted]' : redact(each, depth + 1)]),
  );
}

/** The names of our own fields come again and again. */
function isSecret(key: string): boolean {
  const known = secretNames.get(key);
  if (known !== undefined) return known;
  const secret = SECRET.test(key);
  if (secretNames.size < MAX_NAMES) secretNames.set(key, secret);
  return secret;
}
const secretNames = new Map<string, boolean>();

/** A text as it may be logged. Control characters need no care here: JSON escapes them, so a line stays a line. */
export function redactText(text: string): string {
  if (text.length <= MAX_TEXT && !text.includes('://')) return text;
  // Cut with room to spare first: a password that the final cut halves must have been seen whole.
  const masked = text.slice(0, MAX_TEXT + 1024).replace(URL_PASSWORD, '$1:[redacted]@');
  return text.length > MAX_TEXT ? `${masked.slice(0, MAX_TEXT)}… (${text.length} characters)` : masked;
}

function redactError(error: Error, depth: number): unknown {
  const { name, message, stack, cause, ...rest } = error;
  return {
    name,
    message: redactText(message),
    ...('code' in error ? { code: redact(error.code, depth + 1) } : {}),
    ...(stack ? { stack: redactText(stack) } : {}),
    ...(cause === undefined ? {} : { cause: redact(cause, depth + 1) }),
    ...(Object.keys(rest).length > 0 ? { facts: redact(rest, depth + 1) } : {}),
  };
}

function redactList(items: readonly unknown[], depth: number): readonly unknown[] {
  const shown = items.slice(0, MAX_ITEMS).map((each) => redact(each, depth + 1));
  return items.length > MAX_ITEMS ? [...shown, `… ${items.length - MAX_ITEMS} more`] : shown;
}
