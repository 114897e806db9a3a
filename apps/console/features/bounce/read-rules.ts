/** Rules as somebody wrote them: whether they are a list of objects; the API says what is wrong with one of them. */
export function readRules(text: string): { readonly ok: Record<string, unknown>[] } | { readonly fault: string } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'It is no JSON.' };
  }
  if (!Array.isArray(read) || read.length === 0)
    return { fault: 'Expected a list of rules: [ { "id": …, "class": … } ].' };
  const rules = read.filter(isObject);
  return rules.length === read.length ? { ok: rules } : { fault: 'Each rule is an object: { "id": …, "class": … }.' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
