/** The text that was written into a field of a form, without the space around it. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** What was written into a field that takes one thing a line; commas part things too. */
export function linesOf(form: FormData, name: string): string[] {
  return textOf(form, name)
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);
}
