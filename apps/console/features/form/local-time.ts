/** An instant as a field of the kind `datetime-local` wants it, in the browser's own zone. */
export function localTimeOf(at: string | null): string {
  if (at === null) return '';
  const instant = new Date(at);
  const local = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
