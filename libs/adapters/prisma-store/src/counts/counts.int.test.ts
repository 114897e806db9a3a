import { RECIPIENT_STATES } from '@postern/queue';
import { expect, test } from 'vitest';
import { claim, messageTo, outcomes, recipientIds, scenario, type Scenario } from '../testing/scenario.ts';
import { foldChanges } from './fold-changes.ts';
import { ledger, recount } from './ledger.ts';

test('at every moment of a busy hour accepted is the sum over the states, by the counts and by the rows', async () => {
  const { store, sql } = await scenario({ poolSize: 8 });
  let busy = true;
  const moves = { kind: 'deferred', dueAt: new Date(0), maybeDelivered: false } as const;
  const accepting = repeat(12, () => store.accept.accept([messageTo(3), messageTo(1), messageTo(2)]));
  const sending = [0, 1, 2].map(async (worker) => {
    for (let round = 0; busy || round < 10; round += 1) {
      const claimed = await claim(store, { limit: 5, leaseMs: round % 5 === 0 ? 0 : 60_000 });
      const ids = recipientIds(claimed);
      const odd = (id: string) => ids.indexOf(id) % 2 === 1;
      if (round % 4 === 1) await store.delivery.handBack(claimed.leaseToken, ids);
      else
        await store.delivery.record([
          ...outcomes(claimed, moves, odd),
          ...outcomes(claimed, ends(worker), (id) => !odd(id)),
        ]);
      await store.delivery.recoverLostLeases();
    }
  });
  const looking = (async () => {
    while (busy) {
      for (const each of [await ledger(store.pool), await recount(store.pool)])
        expect(RECIPIENT_STATES.reduce((sum, state) => sum + each[state], 0)).toBe(each.accepted);
    }
  })();
  await accepting;
  busy = false;
  await Promise.all([...sending, looking]);
  const counted = await ledger(store.pool);
  expect(counted).toEqual(await recount(store.pool));
  expect(counted.accepted).toBe(12 * 6);
  await foldChanges(store.pool);
  expect(await ledger(store.pool)).toEqual(counted);
  expect(await sql('select count(*)::int as changes from queue_changes')).toEqual([{ changes: 0 }]);
  await expectWaiting({ sql });
});

test('the counts of each queue are those of its rows', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(4)]);
  const claimed = await claim(store);
  const [first, second] = recipientIds(claimed);
  const queueId = await store.delivery.rememberSite({
    domain: 'x.example',
    key: 'mx.x.example',
    freshUntil: new Date(),
  });
  await store.delivery.reassign(claimed.leaseToken, first ? [{ recipientId: first, queueId }] : []);
  await store.delivery.record(outcomes(claimed, { kind: 'bounced' }, (id) => id === second));
  const counts = await sql(`
    select queue_id, state, sum(recipients)::int as recipients from queue_changes group by 1, 2 having sum(recipients) <> 0
    except select queue_id, state, count(*)::int from recipients group by 1, 2`);
  expect(counts).toEqual([]);
});

function ends(worker: number) {
  return { kind: (['delivered', 'bounced', 'expired'] as const)[worker] ?? 'delivered' };
}

async function repeat(times: number, work: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time += 1) await work();
}

/** Exactly the queued and the deferred wait. */
async function expectWaiting({ sql }: Pick<Scenario, 'sql'>): Promise<void> {
  const differing = await sql(`
    select message_id, number, queue_id, state from recipients where state in ('queued', 'deferred')
    except select message_id, number, queue_id, state from waiting_recipients`);
  const [row] = await sql<{ same: boolean }>(`
    select (select count(*) from waiting_recipients) = (select count(*) from recipients where state in ('queued', 'deferred')) as same`);
  expect(differing).toEqual([]);
  expect(row).toEqual({ same: true });
}
