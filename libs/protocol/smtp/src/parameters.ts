/** The parameters of MAIL and RCPT by keyword in upper case; undefined where a keyword stands alone (RFC 5321 §4.1.2). */
export type Parameters = ReadonlyMap<string, string | undefined>;

// RFC 5321 §4.1.2: esmtp-keyword, esmtp-value; RFC 6531 §3.3 adds UTF-8 to the value.
const PARAMETER = /^([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~\u00a0-\uffff]+))?$/;
const NONE: Parameters = new Map();

/**
 * Reads what follows the path of MAIL or RCPT: nothing, or parameters each behind a space.
 *
 * Undefined when it is malformed, and when a keyword stands twice: which one counts would be a guess.
 */
export function parseParameters(rest: string): Parameters | undefined {
  if (rest.trim() === '') return NONE;
  if (!rest.startsWith(' ')) return undefined;
  const parameters = new Map<string, string | undefined>();
  for (const word of rest.split(' ')) {
    if (word === '') continue;
    const [match, keyword = '', value] = PARAMETER.exec(word) ?? [];
    const key = keyword.toUpperCase();
    if (match === undefined || parameters.has(key)) return undefined;
    parameters.set(key, value);
  }
  return parameters;
}
