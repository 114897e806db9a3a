import type { HeldSuppression, NewMessage, SuppressionStore } from '@postern/queue';
import { expect, test } from 'vitest';
import { markingSuppressed, Suppressions } from './index.ts';

const HELD: HeldSuppression = {
  address: 'gone@b.example',
  scope: '@example.org',
  class: 'recipient_unknown',
  evidence: '550 5.1.1 no such user',
  createdAt: new Date('2026-01-02'),
};

test('a recipient that is not suppressed costs no question', async () => {
  const asked: string[] = [];
  const suppressions = await loaded([HELD], asked);
  expect(suppressions.find(['other@b.example'], 'a@example.org')).toBeUndefined();
  expect(asked).toEqual([]);
});

test('a suppressed one is told with what is known, in whatever case it is written', async () => {
  const suppressions = await loaded([HELD]);
  const found = await suppressions.find(['Gone@B.example', 'other@b.example'], 'a@Example.org');
  expect([...(found ?? [])]).toEqual([
    ['gone@b.example', 'Suppressed since 2026-01-02 (recipient_unknown): 550 5.1.1 no such user'],
  ]);
});

test.each([
  ['@example.org', 'a@example.com', 0],
  ['@example.org', 'a@sub.example.org', 0],
  ['a@example.org', 'a@example.org', 1],
  ['a@example.org', 'b@example.org', 0],
  ['*', '', 1],
])('the scope %s and the sender %s: %i', async (scope, sender, count) => {
  const suppressions = await loaded([{ ...HELD, scope }]);
  expect((await suppressions.find([HELD.address], sender))?.size).toBe(count);
});

test('one that was lifted meanwhile is sent to', async () => {
  const held = [HELD];
  const suppressions = await loaded(held);
  held.pop();
  expect((await suppressions.find([HELD.address], 'a@example.org'))?.size).toBe(0);
});

test('a message goes on with its suppressed recipients marked, and untouched when it has none', async () => {
  const suppressions = await loaded([HELD]);
  const committed: NewMessage[] = [];
  const commits = markingSuppressed({ commit: async (each) => void committed.push(each) }, suppressions);
  const recipients = ['x@b.example', 'gone@b.example'].map((forwardPath) => ({
    forwardPath,
    domain: 'b.example',
    queueId: 1,
  }));
  const message = (to: typeof recipients): NewMessage =>
    ({ reversePath: 'a@example.org', recipients: to }) as unknown as NewMessage;
  const plain = message(recipients.slice(0, 1));
  await commits.commit(plain);
  await commits.commit(message(recipients));
  expect(committed[0]).toBe(plain);
  expect(committed[1]?.recipients.map(({ suppressed }) => suppressed !== undefined)).toEqual([false, true]);
});

async function loaded(held: readonly HeldSuppression[], asked: string[] = []): Promise<Suppressions> {
  const store: Omit<SuppressionStore, 'signingCredentials'> = {
    suppressedSince: async () => ({ at: new Date(), addresses: held.map(({ address }) => address), after: undefined }),
    suppressionsOf: async (addresses) => {
      asked.push(...addresses);
      return held.filter(({ address }) => addresses.includes(address));
    },
    refusingCredentials: async () => [],
  };
  const suppressions = new Suppressions(store, { log: { warn: () => undefined } });
  await suppressions.refresh();
  return suppressions;
}
