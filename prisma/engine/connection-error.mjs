import { KnownError } from './known-error.mjs';

/**
 * The error of a failed connection under Prisma's number for it, or as it is when there is none.
 *
 * @param {any} error from `pg`
 * @param {ReturnType<typeof import('./datasource.mjs').readDatasource>} at
 */
export function connectionError(error, at) {
  const server = `\`${at.host}:${at.port}\``;
  // One name with several addresses fails with the errors of all.
  const code = error.code ?? error.errors?.[0]?.code ?? (/timeout/.test(error.message) ? 'ETIMEDOUT' : undefined);
  const known = (number, message) => new KnownError(number, message, { cause: error });
  switch (code) {
    case '28P01':
    case '28000':
      return known(
        'P1000',
        `Authentication failed against the database server at ${server} for the user \`${at.user}\`: ${error.message}`,
      );
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENOENT':
    case 'ETIMEDOUT':
      return known(
        'P1001',
        `Can't reach database server at ${server}\n\nPlease make sure your database server is running at ${server}.`,
      );
    case '57P03':
    case '53300':
      return known('P1001', `The database server at ${server} takes no connection now: ${error.message}`);
    case '3D000':
      return known('P1003', `Database \`${at.database}\` does not exist on the database server at ${server}.`);
    case '42P04':
    // Two sessions that create the same database at once: the later hears of the index instead.
    case '23505':
      return known('P1009', `Database \`${at.database}\` already exists on the database server at ${server}`);
    case '42501':
      return known(
        'P1010',
        `User \`${at.user}\` was denied access on the database \`${at.database}\`: ${error.message}`,
      );
    case 'ECONNRESET':
      return known('P1017', 'Server has closed the connection.');
    default:
      return error;
  }
}
