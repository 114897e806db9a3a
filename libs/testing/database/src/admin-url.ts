/** Names the server whose role may create databases; the global setup sets it. */
export const ADMIN_URL_VARIABLE = 'POSTERN_TEST_DATABASE_URL';

/** The URL of that server. */
export function adminUrl(): string {
  const url = process.env[ADMIN_URL_VARIABLE];
  if (url) return url;
  throw new Error(
    `No test server: name the file *.int.test.ts, so that vitest's global setup starts one, or set ${ADMIN_URL_VARIABLE} to the URL of a role that may create databases.`,
  );
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
