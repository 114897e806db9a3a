import { StoreUnavailable } from '@postern/queue';
import { Prisma } from '../generated/client.ts';

/** Runs work; a database that is away, full or too slow is StoreUnavailable, whatever Prisma calls it. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isAway(error)
      ? new StoreUnavailable(`The database did not do it: ${reasonOf(error)}`, { cause: error })
      : error;
  }
}

/** Whether the server undid a transaction because of another one (P2034). */
export function isCollision(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === 'P2034' || sqlState(error)?.startsWith('40') === true)
  );
}

/** Whether a value that must be unique is there already (P2002). */
export function isTaken(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2002' || sqlState(error) === '23505')
  );
}

function isAway(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    // P1xxx: the connection; P2024 and P2028: none in time; classes of SQLSTATE: connection, a database that is gone, resources, operator, system.
    return /^(?:P1\d{3}|P2024|P2028|P2034)$/.test(error.code) || /^(?:08|3D|53|55|57|58)/.test(sqlState(error) ?? '');
  }
  return (
    error instanceof Error &&
    /ECONNREFUSED|ECONNRESET|ENOENT|connection|timeout/i.test(`${codeOf(error)} ${error.message}`)
  );
}

/** The SQLSTATE that the server sent, where Prisma hands it on. */
function sqlState(error: Prisma.PrismaClientKnownRequestError): string | undefined {
  const text = JSON.stringify(error.meta ?? {});
  return /"(?:originalCode|code)":"([0-9A-Z]{5})"/.exec(text)?.[1];
}

/** The last line of what Prisma says: the lines before it quote our own code. */
function reasonOf(error: unknown): string {
  const lines = error instanceof Error ? error.message.trim().split('\n') : [];
  return lines.at(-1)?.trim() || 'no reason was given';
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
