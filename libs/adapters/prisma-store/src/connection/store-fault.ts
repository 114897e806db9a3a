import { StoreUnavailable } from '@postern/queue';

/**
 * The classes of SQLSTATE in which the statement or its data are at fault: asking again would fail again, so the error is
 * told as it is. Everything else, with or without a SQLSTATE, means that the database is away, full, too slow or in
 * somebody's way: the same may work a moment later.
 */
const AT_FAULT = new Set(['0A', '21', '22', '23', '26', '2B', '42', '44']);

/** What a failure of `pg` means to our callers; its cause is kept. */
export function storeFault(cause: unknown): Error {
  if (cause instanceof StoreUnavailable) return cause;
  const code = sqlState(cause);
  if (code !== undefined && AT_FAULT.has(code.slice(0, 2)) && cause instanceof Error) return cause;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new StoreUnavailable(`The database did not do it: ${reason}`, { cause });
}

/** The SQLSTATE of an error that the server sent. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

/** Whether the server undid the transaction because of another one, and doing it again is the answer (class 40). */
export function isCollision(error: unknown): boolean {
  const code = sqlState(error);
  return code === '40001' || code === '40P01';
}

/**
 * Whether a connection holds a statement that was prepared before a migration changed its tables (0A000: cached plan must
 * not change result type). A new connection prepares it anew.
 */
export function isOutdated(error: unknown): boolean {
  return sqlState(error) === '0A000';
}
