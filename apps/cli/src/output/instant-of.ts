/** An instant as one types it. A day is its beginning here; what is no date goes on as it is, for the verb to refuse. */
export function instantOf(text: string): string {
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}
