import { waitFor } from '@postern/lab';
import pg from 'pg';
import type { Scenario } from './scenario.ts';
import { submit, SOUND } from './submit.ts';

/** What became of a message's first recipient, and its last attempt, as the store has it. */
export interface Fate {
  readonly id: string;
  readonly state: string;
  readonly maybeDelivered: boolean;
  readonly attempts: number;
  readonly queue: string;
  readonly code: number | null;
  readonly enhanced: string | null;
  readonly text: string | null;
  readonly stage: string | null;
  readonly host: string | null;
  readonly tlsProtocol: string | null;
  readonly tlsVerified: boolean | null;
  readonly tlsFailure: string | null;
}

/** Submits a message and waits for what becomes of it. */
export async function fateOf(world: Scenario, to: string, content: Buffer | string = SOUND): Promise<Fate> {
  const { reply } = await submit(world, content, { to });
  return fateBy(world, messageId(reply), ({ state }) => state !== 'queued' && state !== 'sending');
}

/** The fate of a message that was submitted, once it is as expected. */
export function fateBy(world: Scenario, id: string, expected: (fate: Fate) => boolean): Promise<Fate> {
  const what = `what ${id} waits for`;
  return onDatabase(world, (client) =>
    waitFor(
      async () => {
        const [fate] = (await client.query<Fate>(FATE, [id])).rows;
        return fate && expected(fate) ? fate : undefined;
      },
      { timeoutMs: 60_000, what },
    ),
  );
}

/** The id of a message by the reply that accepted it. */
export function messageId(reply: string): string {
  return /[0-9a-f-]{36}/.exec(reply)?.[0] ?? '';
}

/** Does something in the gateway's database. */
export async function onDatabase<T>(world: Scenario, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: world.database.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const FATE = `
  select r.message_id as id, r.state, r.maybe_delivered as "maybeDelivered", r.attempts, q.name as queue,
    a.reply_code as code, a.reply_enhanced as enhanced, a.reply_text as text, a.stage, a.host,
    a.tls_protocol as "tlsProtocol", a.tls_verified as "tlsVerified", a.tls_failure as "tlsFailure"
  from recipients r join delivery_queues q on q.id = r.queue_id
  left join attempts a on a.message_id = r.message_id and a.number = r.number
  where r.message_id = $1 order by r.number, a.started_at desc limit 1`;
