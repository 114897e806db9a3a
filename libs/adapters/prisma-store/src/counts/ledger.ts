import { RECIPIENT_STATES, type RecipientState } from '@postern/queue';
import type { Pool } from 'pg';
import { run, runIn, type Statement } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';

/** Accepted recipients, and how many of them are in each state. */
export type Ledger = Readonly<Record<RecipientState | 'accepted', number>>;

/** The ledger by the counts that every move keeps: cheap, whatever was sent. All of it is of one moment. */
export async function ledger(pool: Pool): Promise<Ledger> {
  return ledgerOf(await run<Row>(pool, COUNTED, []));
}

/**
 * The ledger by looking at every recipient, against what was counted when they were accepted: the proof, of one moment, at
 * the cost of reading the whole table.
 */
export async function recount(pool: Pool): Promise<Ledger> {
  return transaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    await client.query(`set local statement_timeout = '10min'`);
    const accepted = (await runIn<Row>(client, COUNTED, [])).map(([state, , each]) => [state, 0, each] as const);
    const found = (await runIn<Row>(client, FOUND, [])).map(([state, recipients]) => [state, recipients, 0] as const);
    return ledgerOf([...accepted, ...found]);
  });
}

type Row = readonly [state: RecipientState, recipients: number, accepted: number];

function ledgerOf(rows: readonly Row[]): Ledger {
  const counts = new Map<RecipientState | 'accepted', number>([['accepted', 0]]);
  for (const state of RECIPIENT_STATES) counts.set(state, 0);
  for (const [state, recipients, accepted] of rows) {
    counts.set(state, (counts.get(state) ?? 0) + recipients);
    counts.set('accepted', (counts.get('accepted') ?? 0) + accepted);
  }
  return Object.fromEntries(counts) as Ledger;
}

const COUNTED: Statement = {
  name: 'ledger',
  text: `
    select state, sum(recipients)::bigint, sum(accepted)::bigint
    from (
      select state, recipients, accepted from queue_counts
      union all
      select state, recipients, accepted from queue_changes
    ) each_change
    group by state`,
};

const FOUND: Statement = { name: 'recount', text: 'select state, count(*) from recipients group by state' };
