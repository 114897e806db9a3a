import { KnownError } from './known-error.mjs';

/**
 * Where the database is, read from the connection string; `schema` is Prisma's own parameter.
 *
 * @param {{ url?: string, shadowDatabaseUrl?: string }} datasource
 */
export function readDatasource({ url, shadowDatabaseUrl }) {
  if (!url) {
    throw new KnownError(
      'P1013',
      'No connection string: set DATABASE_URL. This engine needs it even to compare schemas.',
    );
  }
  if (shadowDatabaseUrl) {
    // A database of the person's own would have to be emptied first; ours is created and dropped.
    throw new KnownError('P1013', 'This engine makes its own shadow database: remove shadowDatabaseUrl.');
  }
  const parsed = parse(url);
  return {
    url,
    host: decodeURIComponent(parsed.hostname) || 'localhost',
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    schema: parsed.searchParams.get('schema') ?? 'public',
  };
}

/**
 * The same connection string, to another database of the same server.
 *
 * @param {string} url
 * @param {string} database
 */
export function withDatabase(url, database) {
  const parsed = parse(url);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href;
}

/** @param {string} url */
function parse(url) {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new KnownError(
      'P1013',
      'The provided database string is invalid: it must look like postgresql://user:password@host:port/database.',
    );
  }
  return new URL(url);
}
