/** The address of a search. */
export function viewPath(query: string): string {
  return `/messages?q=${encodeURIComponent(query)}`;
}
