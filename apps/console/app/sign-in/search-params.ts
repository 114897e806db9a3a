export type RawSearch = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the sign-in page's address says: where the viewer came from. */
export function readSearch(raw: RawSearch): {
  readonly returnTo: string | undefined;
  readonly refused: boolean;
} {
  const wanted = raw['return'];
  return { returnTo: typeof wanted === 'string' ? wanted : undefined, refused: raw['refused'] === 'single-sign-on' };
}
