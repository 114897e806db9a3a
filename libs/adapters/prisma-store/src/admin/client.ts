import type { Prisma, PrismaClient } from '../generated/client.ts';

/** What reads and writes: the client, or the same inside a transaction. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** An instant as the contract writes it. */
export function instant(at: Date): string {
  return at.toISOString();
}

export function instantOrNull(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
