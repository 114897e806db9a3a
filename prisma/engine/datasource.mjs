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
    connection: connectionTo(url),
    // `host` as a parameter is the folder of a Unix socket.
    host: parsed.searchParams.get('host') ?? (decodeURIComponent(parsed.hostname) || 'localhost'),
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    schema: parsed.searchParams.get('schema') ?? 'public',
  };
}

// As long as the native engine waits.
const CONNECT_TIMEOUT_SECONDS = 5;

/**
 * The same connection, to another database of the same server.
 *
 * @param {ReturnType<typeof connectionTo>} connection
 * @param {string} database
 */
export function withDatabase({ connectionString }, database) {
  const parsed = parse(connectionString);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return connectionTo(parsed.href);
}

function connectionTo(connectionString) {
  const seconds = parse(connectionString).searchParams.get('connect_timeout') ?? CONNECT_TIMEOUT_SECONDS;
  return { connectionString, connectionTimeoutMillis: Number(seconds) * 1000 };
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
