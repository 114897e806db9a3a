import type { Db } from '../admin/client.ts';

/** The channel of changes of credentials and listed networks, whose payload is the id of what was changed. */
export const SUBMITTER_CHANNEL = 'postern_submitters';

/** Tells every listener that a credential or a listed network was changed, when the transaction is committed. */
export async function tellSubmitterChanged(db: Db, id: string): Promise<void> {
  await db.$executeRaw`select pg_notify(${SUBMITTER_CHANNEL}, ${id})`;
}
