import { newMessageId } from '@postern/queue';
import type { AddressVerdict, BounceStore, Decision, DueMessage } from '@postern/reports';
import type { ClientBase, Pool } from 'pg';
import { acceptIn } from '../accept/accept.ts';
import { int2s, int4s, texts, uuids } from '../connection/arrays.ts';
import { runIn, type Statement } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';
import { loadDue } from './load-due.ts';
import { STRIKE, SUPPRESS } from './suppress.ts';
import { LOCKS } from '../connection/locks.ts';

/** How long work waits that could not be decided: a fault of ours must not hold up everybody else's. */
const FAULT_WAIT_MS = 5 * 60_000;

/**
 * Does what is due, for at most so many messages, in one transaction: DSNs are accepted, addresses suppressed, work and
 * contents removed, all of it or nothing. One process at a time; the others leave it to that one.
 */
export function doWork(
  pool: Pool,
  decide: (due: DueMessage) => Decision,
  { limit, sign }: { readonly limit: number; readonly sign: Parameters<BounceStore['doWork']>[2] },
): ReturnType<BounceStore['doWork']> {
  return transaction(pool, async (client) => {
    const [turn] = await runIn<readonly [ours: boolean]>(client, TURN, []);
    if (!turn?.[0]) return { messages: 0, dsns: 0 };
    const due = await loadDue(client, limit);
    const decided = due.map((message) => ({ message, decision: sound(decide, message) }));
    await postpone(client, decided);
    const done = decided.flatMap(({ message, decision }) => (decision.kind === 'done' ? [{ message, decision }] : []));
    const unsigned = done.flatMap(({ decision }) => decision.dsns);
    // A DSN that cannot be signed is still worth having.
    const dsns = sign ? await Promise.all(unsigned.map((dsn) => sign(dsn).catch(() => dsn))) : unsigned;
    if (dsns.length > 0) await acceptIn(client, dsns);
    await settleAddresses(
      client,
      done.flatMap(({ message, decision }) => decision.verdicts.map((each) => ({ ...each, message }))),
    );
    await finish(
      client,
      done.map(({ message }) => message),
    );
    return { messages: due.length, dsns: dsns.length };
  });
}

function sound(decide: (due: DueMessage) => Decision, message: DueMessage): Decision {
  try {
    return decide(message);
  } catch {
    return { kind: 'wait', forMs: FAULT_WAIT_MS };
  }
}

async function postpone(
  client: ClientBase,
  decided: readonly { readonly message: DueMessage; readonly decision: Decision }[],
): Promise<void> {
  const waiting = decided.flatMap(({ message, decision }) =>
    decision.kind === 'wait' ? [{ id: message.id, ms: decision.forMs }] : [],
  );
  if (waiting.length > 0)
    await runIn(client, POSTPONE, [uuids(waiting.map(({ id }) => id)), int4s(waiting.map(({ ms }) => ms))]);
}

async function settleAddresses(
  client: ClientBase,
  verdicts: readonly (AddressVerdict & { readonly message: DueMessage })[],
): Promise<void> {
  if (verdicts.length === 0) return;
  // In one order for everyone; one of several about one address.
  const each = [...new Map(verdicts.map((verdict) => [`${verdict.address} ${verdict.scope}`, verdict])).values()].sort(
    (a, b) => (a.address < b.address ? -1 : 1),
  );
  for (const [weight, statement] of [
    ['sure', SUPPRESS],
    ['likely', STRIKE],
  ] as const) {
    const of = each.filter((verdict) => verdict.weight === weight);
    if (of.length === 0) continue;
    await runIn(client, statement, [
      uuids(of.map(() => newMessageId(Date.now()))),
      texts(of.map(({ address }) => address)),
      texts(of.map(({ scope }) => scope)),
      texts(of.map((verdict) => verdict.class)),
      texts(of.map(({ evidence }) => evidence)),
      uuids(of.map(({ message }) => message.id)),
      int2s(of.map(({ number }) => number)),
    ]);
  }
}

/** Removes the work that was looked at, and the contents that nobody needs any more. */
async function finish(client: ClientBase, done: readonly DueMessage[]): Promise<void> {
  if (done.length === 0) return;
  const ids = uuids(done.map(({ id }) => id));
  await runIn(client, FINISH, [
    ids,
    uuids(done.flatMap(({ id, recipients }) => recipients.map(() => id))),
    int2s(done.flatMap(({ recipients }) => recipients.map(({ number }) => number))),
    texts(done.flatMap(({ recipients }) => recipients.map(({ event }) => event))),
  ]);
  await runIn(client, EMPTY, [ids]);
}

/** The number of the lock is ours alone. */
const TURN: Statement = { name: 'bounce-turn', text: `select pg_try_advisory_xact_lock(${LOCKS.bounceWork})` };

const POSTPONE: Statement = {
  name: 'bounce-postpone',
  text: `
    update bounce_work w set due_at = now() + l.ms * interval '1 millisecond'
    from (select unnest($1::uuid[]) as id, unnest($2::int[]) as ms) l
    where w.message_id = l.id and w.due_at <= now()`,
};

const FINISH: Statement = {
  name: 'bounce-finish',
  text: `
    delete from bounce_work w
    using (
      select unnest($2::uuid[]) as id, unnest($3::int2[]) as number, unnest($4::text[])::bounce_event as event
      union all
      select unnest($1::uuid[]), 0, 'closed'
    ) l
    where w.message_id = l.id and w.number = l.number and w.event = l.event`,
};

/** A content goes when every recipient has ended and no other work needs it. */
const EMPTY: Statement = {
  name: 'bounce-empty',
  text: `
    delete from contents c using unnest($1::uuid[]) l(id)
    where c.message_id = l.id
      and not exists (select from recipients r where r.message_id = l.id and r.state in ('queued', 'sending', 'deferred', 'held'))
      and not exists (select from bounce_work w where w.message_id = l.id and w.event <> 'delayed')`,
};
