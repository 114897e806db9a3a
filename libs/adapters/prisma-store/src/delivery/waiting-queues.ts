export interface WaitingQueues {
  readonly name?: string;
  /** What is answered with each queue: the first of its rows in the order of this column, which an index has. */
  readonly column: 'due_at' | 'message_id';
  /** The first queue that is looked at, as SQL. */
  readonly from?: string;
  /** Which rows count, as SQL; an index has them alone. */
  readonly where?: string;
}

/**
 * A recursive query that goes from each queue in which something waits to the next one along an index: one look for each,
 * however much waits in it, and queues in which nothing waits cost nothing.
 */
export function waitingQueues({ name = 'next', column, from = '0', where = 'true' }: WaitingQueues): string {
  const first = (condition: string) => `
        select queue_id, ${column} from waiting_recipients where queue_id ${condition} and ${where}
        order by queue_id, ${column} limit 1`;
  return `${name} as (
      (${first(`>= ${from}`)})
      union all
      select w.queue_id, w.${column} from ${name} n
      cross join lateral (${first('> n.queue_id')}
      ) w
    )`;
}
