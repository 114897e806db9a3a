import type { MessageCondition } from '@postern/administration';
import { expect, test } from 'vitest';
import { claim, message, outcomes, recipient, scenario, type Scenario } from '../testing/scenario.ts';

const LATER = { kind: 'deferred', dueAt: new Date(Date.now() + 3_600_000), maybeDelivered: false } as const;

test('conditions on recipients are met by one and the same recipient', async () => {
  const about = await scenario();
  // In one message a.example is deferred and b.example delivered, in the other it is the other way round.
  const ids = [];
  for (const deferred of ['a.example', 'b.example']) {
    const given = message({ recipients: ['a.example', 'b.example'].map((domain) => recipient({ domain })) });
    await about.store.accept.accept([given]);
    const claimed = await claim(about.store);
    const numberOf = deferred === 'a.example' ? '.1' : '.2';
    await about.store.delivery.record([
      ...outcomes(claimed, LATER, (id) => id.endsWith(numberOf)),
      ...outcomes(claimed, { kind: 'delivered' }, (id) => !id.endsWith(numberOf)),
    ]);
    ids.push(given.id);
  }
  const to = (domain: string) => ({ field: 'to', match: { kind: 'domain', domain } }) as const;
  const deferred = { field: 'state', state: 'deferred' } as const;
  expect(await find(about, [deferred, to('a.example')])).toEqual([ids[0]]);
  expect(await find(about, [to('b.example'), deferred])).toEqual([ids[1]]);
  expect(await find(about, [to('b.example')])).toEqual([ids[1], ids[0]]);
  expect(await find(about, [deferred, { field: 'state', state: 'delivered' }])).toEqual([]);
});

test('each state is found, and a message once, however many of its recipients are in it', async () => {
  const about = await scenario();
  const found: Record<string, string | undefined> = {};
  for (const kind of ['delivered', 'bounced', 'expired', 'deferred'] as const) {
    const given = message({ recipients: [recipient(), recipient()] });
    await about.store.accept.accept([given]);
    await about.store.delivery.record(outcomes(await claim(about.store), kind === 'deferred' ? LATER : { kind }));
    found[kind] = given.id;
  }
  const [sending, queued] = [message(), message()];
  await about.store.accept.accept([sending]);
  await claim(about.store);
  await about.store.accept.accept([queued]);
  for (const [state, id] of Object.entries({ ...found, sending: sending.id, queued: queued.id, held: undefined })) {
    const ids = await find(about, [{ field: 'state', state } as MessageCondition]);
    expect([state, ids]).toEqual([state, id === undefined ? [] : [id]]);
  }
});

test('a queue is found by its name, its id and a domain of it, alone and with a state', async () => {
  const about = await scenario();
  const queueId = await about.store.delivery.rememberSite({
    domain: 'example.com',
    key: 'mx.example.com',
    freshUntil: new Date(Date.now() + 60_000),
  });
  const [waiting, ended] = [
    message({ recipients: [recipient({ queueId })] }),
    message({ recipients: [recipient({ queueId })] }),
  ];
  await about.store.accept.accept([ended, message()]);
  await about.store.delivery.record(outcomes(await claim(about.store, { queueId })));
  await about.store.accept.accept([waiting]);
  for (const queue of ['mx.example.com', String(queueId), 'example.com']) {
    expect(await find(about, [{ field: 'queue', queue }])).toEqual([waiting.id, ended.id].toSorted().toReversed());
    expect(
      await find(about, [
        { field: 'queue', queue },
        { field: 'state', state: 'queued' },
      ]),
    ).toEqual([waiting.id]);
  }
  expect(await find(about, [{ field: 'queue', queue: 'nowhere' }])).toEqual([]);
});

test('pages go on where the last one ended, also by a recipient and a message at once', async () => {
  const about = await scenario();
  const all = Array.from({ length: 7 }, (_, index) => message({ subject: index % 2 === 0 ? 'Even' : 'Odd' }));
  await about.store.accept.accept(all);
  const conditions: readonly MessageCondition[] = [
    { field: 'to', match: { kind: 'mailbox', mailbox: 'RCPT@example.com' } },
    { field: 'subject', text: 'even' },
  ];
  const expected = all
    .filter(({ subject }) => subject === 'Even')
    .map(({ id }) => id)
    .toSorted()
    .toReversed();
  const first = await about.store.admin.findMessages({ conditions, after: undefined, limit: 3 });
  const after = all.find(({ id }) => id === first.messages.at(-1)?.id)?.id;
  const second = await about.store.admin.findMessages({ conditions, after, limit: 3 });
  expect([...first.messages, ...second.messages].map(({ id }) => id)).toEqual(expected);
});

async function find({ store }: Scenario, conditions: readonly MessageCondition[]): Promise<readonly string[]> {
  return (await store.admin.findMessages({ conditions, after: undefined, limit: 51 })).messages.map(({ id }) => id);
}
