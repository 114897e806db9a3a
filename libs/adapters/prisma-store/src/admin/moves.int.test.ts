import type { AdminChanges } from '@postern/administration';
import { UNRESOLVED_QUEUE, type Disposition, type MessageId } from '@postern/queue';
import { expect, test } from 'vitest';
import { recount } from '../counts/ledger.ts';
import type { Store } from '../create-store.ts';
import { claim, messageTo, outcomes, recipientIds, scenario } from '../testing/scenario.ts';

test('whatever operators and lanes do at the same time, every recipient is in one state and counted in it', async () => {
  const { store } = await scenario({ poolSize: 8 });
  const other = await store.delivery.rememberSite({ domain: 'o.example', key: 'mx.o.example', freshUntil: new Date() });
  const random = sequence(20_261_122);
  const ids: MessageId[] = [];
  for (let round = 0; round < 12; round++) {
    const message = messageTo(1 + Math.floor(random() * 4));
    await store.accept.accept([message]);
    ids.push(message.id);
    await Promise.all([
      ...Array.from({ length: 3 }, () => lane(store, random)),
      ...Array.from({ length: 5 }, () => operator(store, { id: one(ids, random), other, random })),
    ]);
    await expectInStep(store);
  }
  const ledger = await store.admin.ledger();
  expect(ledger.cancelled + ledger.delivered + ledger.bounced, 'something has ended').toBeGreaterThan(0);
}, 60_000);

/** The counts are those of the recipients, waiting rows are there exactly for those that wait, content while one has not ended. */
async function expectInStep(store: Store): Promise<void> {
  expect(await store.admin.ledger()).toEqual(await recount(store.pool));
  const recipients = await store.pool.query(`
    select r.message_id, r.number, r.state::text, r.queue_id, w.state::text as waits, r.lease_token
    from recipients r full join waiting_recipients w
      on w.message_id = r.message_id and w.number = r.number and w.queue_id = r.queue_id
    where (r.state in ('queued', 'deferred')) is distinct from (w.state is not null) or w.state <> r.state`);
  expect(recipients.rows).toEqual([]);
  // Content is kept while a recipient is open, or something that ended is still to be told of.
  const contents = await store.pool.query(`
    select m.id from messages m
    where exists (select from contents c where c.message_id = m.id) is distinct from (
      exists (select from recipients r where r.message_id = m.id and r.state in ('queued', 'sending', 'deferred', 'held'))
      or exists (select from bounce_work w where w.message_id = m.id and w.event <> 'delayed'))`);
  expect(contents.rows).toEqual([]);
}

async function lane(store: Store, random: () => number): Promise<void> {
  const claimed = await claim(store, { limit: 3 });
  if (random() < 0.3) await store.delivery.handBack(claimed.leaseToken, recipientIds(claimed));
  else await store.delivery.record(outcomes(claimed, one(DISPOSITIONS, random)));
}

const DISPOSITIONS: readonly Disposition[] = [
  { kind: 'delivered' },
  { kind: 'bounced' },
  { kind: 'deferred', dueAt: new Date(), maybeDelivered: false },
  { kind: 'deferred', dueAt: new Date(Date.now() + 3_600_000), maybeDelivered: true },
];

const REPLY = { code: 554, enhanced: '5.7.1', text: 'It was returned by an operator' };

async function operator(
  store: Store,
  { id, other, random }: { readonly id: MessageId; readonly other: number; readonly random: () => number },
): Promise<void> {
  const commands: readonly ((changes: AdminChanges) => Promise<unknown>)[] = [
    (changes) => changes.moveMessage(id, { kind: 'hold' }),
    (changes) => changes.moveMessage(id, { kind: 'release' }),
    (changes) => changes.moveMessage(id, { kind: 'retry' }),
    (changes) => changes.retryQueue(UNRESOLVED_QUEUE),
    (changes) => changes.moveMessage(id, { kind: 'reroute', queueId: one([UNRESOLVED_QUEUE, other], random) }),
    (changes) =>
      random() < 0.2 ? changes.moveMessage(id, { kind: 'bounce', reply: REPLY }) : Promise.resolve(undefined),
    (changes) => (random() < 0.3 ? changes.moveMessage(id, { kind: 'cancel' }) : Promise.resolve()),
  ];
  await store.admin.change(one(commands, random));
}

function one<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}

/** Numbers that look random and are the same every time (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
