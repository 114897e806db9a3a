import { newMessageId } from '@postern/queue';
import { expect, test } from 'vitest';
import { claim, message, messageTo, type Scenario, scenario } from '../testing/scenario.ts';

const HEAVY = '01890000-0000-7000-8000-00000000000a';
const LIGHT = '01890000-0000-7000-8000-00000000000b';

function from(credentialId: string | undefined) {
  return { ...message().origin, credentialId };
}

async function accept({ store }: Scenario, credentialId: string | undefined, count: number): Promise<void> {
  await store.accept.accept(Array.from({ length: count }, () => message({ origin: from(credentialId) })));
}

test('behind a backlog of one credential the fresh mail of another, and of networks, is in the next claim in turn', async () => {
  const world = await scenario();
  for (let times = 0; times < 5; times += 1) await accept(world, HEAVY, 100);
  await accept(world, LIGHT, 3);
  await accept(world, undefined, 1);
  const oldest = await claim(world.store, { limit: 20 });
  const turn = await claim(world.store, { limit: 20, turn: 'each credential' });
  const senders = async (ids: readonly string[]) =>
    (
      await world.sql<{ credential: string | null; count: number }>(
        'select credential_id::text as credential, count(*)::int from messages where id = any($1) group by 1 order by 1',
        [ids],
      )
    ).map(({ credential, count }) => [credential, count]);
  expect(await senders(oldest.messages.map(({ id }) => id))).toEqual([[HEAVY, 20]]);
  expect(await senders(turn.messages.map(({ id }) => id))).toEqual([
    [HEAVY, 16],
    [LIGHT, 3],
    [null, 1],
  ]);
});

test('a claim in turn takes each recipient once, and nothing that is not due', async () => {
  const world = await scenario();
  await world.store.accept.accept([messageTo(3, { origin: from(LIGHT) }), message({ origin: from(HEAVY) })]);
  await world.sql(`update waiting_recipients set due_at = now() + interval '1 hour' where number = 2`);
  const claims = await Promise.all([0, 1, 2].map(() => claim(world.store, { turn: 'each credential' })));
  expect(claims.reduce((sum, each) => sum + each.recipients, 0)).toBe(3);
  expect(await world.sql('select number from waiting_recipients')).toEqual([{ number: 2 }]);
});

test('what is overdue is claimed by when it was accepted, though its queue rests', async () => {
  const world = await scenario();
  const longAgo = Date.now() - 6 * 86_400_000;
  await world.store.accept.accept([
    message({ id: newMessageId(longAgo), acceptedAt: new Date(longAgo) }),
    message({ id: newMessageId(Date.now()) }),
  ]);
  const cause = {
    atMs: 0,
    rule: 'no-answer',
    host: undefined,
    reply: { from: 'local', code: 451, enhanced: undefined, text: '' },
  } as const;
  await world.store.pace.tell(1, { kind: 'rest', forMs: 60_000, cause });
  expect((await claim(world.store)).recipients).toBe(0);
  const overdue = await claim(world.store, { acceptedBefore: new Date(Date.now() - 5 * 86_400_000) });
  expect(overdue.messages.map(({ acceptedAt }) => acceptedAt.getTime())).toEqual([longAgo]);
});
