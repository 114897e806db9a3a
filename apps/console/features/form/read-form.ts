/** The text that was written into a field of a form, without the space around it. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** What was written into a field that may be left empty. */
export function textOrNull(form: FormData, name: string): string | null {
  return textOf(form, name) || null;
}

/** The number in a field that may be left empty. */
export function numberOrNull(form: FormData, name: string): number | null {
  const text = textOf(form, name);
  return text === '' ? null : Number(text);
}

/** The instant in a field for a local time that may be left empty. */
export function instantOrNull(form: FormData, name: string): string | null {
  const text = textOf(form, name);
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** `{ reason }` when one was written. */
export function reasonOf(form: FormData): { readonly reason?: string } {
  const reason = textOf(form, 'reason');
  return reason === '' ? {} : { reason };
}

/** What was written into a field that takes one thing a line; commas part things too. */
export function linesOf(form: FormData, name: string): string[] {
  return textOf(form, name)
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);
}
