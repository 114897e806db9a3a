import { randomUUID } from 'node:crypto';
import type { SubmitterLimits } from '@postern/credentials';
import { expect, test } from 'vitest';
import { scenario } from '../testing/scenario.ts';

const ONE = { messages: 1, recipients: 1 } as const;

test('of many who ask at once exactly as many are granted as the limit allows, in the order in which they asked', async () => {
  const { store } = await scenario();
  const wanted = { submitterId: randomUUID(), limits: { messagesPerHour: 25 }, ...ONE };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => store.submitters.reserve(Array.from({ length: 10 }, () => wanted))),
  );
  expect(answers.flat().filter(({ granted }) => granted)).toHaveLength(25);
  for (const batch of answers) {
    const granted = batch.map((each) => each.granted);
    expect(granted).toEqual([...granted].sort((a, b) => Number(b) - Number(a)));
  }
});

test('what was used counts for the length of the span, and no longer, and who waits is told for how long', async () => {
  const { store, sql } = await scenario();
  const submitterId = randomUUID();
  const limits: SubmitterLimits = { messagesPerMinute: 1 };
  const use = (slotsAgo: number) =>
    sql(
      `insert into submitter_usage values ($1, 60, floor(extract(epoch from now()) * 1000000)::bigint / 600000 - $2::int, 1, 1)`,
      [submitterId, slotsAgo],
    );
  await use(102);
  const [free] = await store.submitters.reserve([{ submitterId, limits, messages: 0, recipients: 0 }]);
  expect(free).toMatchObject({ messagesLeft: 1, waitSeconds: 0 });
  await use(50);
  const [full] = await store.submitters.reserve([{ submitterId, limits, ...ONE }]);
  expect(full).toMatchObject({ granted: false, messagesLeft: 0 });
  expect(full?.waitSeconds).toBeGreaterThan(28);
  expect(full?.waitSeconds).toBeLessThanOrEqual(31);
});

test('what is given back is free again, and a message that needs more than is left takes nothing', async () => {
  const { store } = await scenario();
  const [submitterId, limits] = [randomUUID(), { recipientsPerDay: 5 }];
  const reserve = async (recipients: number) =>
    (await store.submitters.reserve([{ submitterId, limits, messages: 1, recipients }]))[0];
  const first = await reserve(4);
  expect(first).toMatchObject({ granted: true, recipientsLeft: 1 });
  expect(await reserve(2)).toMatchObject({ granted: false, recipientsLeft: 1 });
  await store.submitters.giveBack([{ submitterId, atMicros: first?.atMicros ?? 0, messages: 1, recipients: 4 }]);
  expect(await reserve(5)).toMatchObject({ granted: true, recipientsLeft: 0 });
  expect(await reserve(1)).toMatchObject({ granted: false });
});

test('places of a process that is gone are free when its lease is over, and those of one that goes on are not', async () => {
  const { store, sql } = await scenario();
  const [submitterId, gone, alive, next] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const enter = (processId: string) => store.submitters.enterSession({ submitterId, processId, most: 2 });
  expect([await enter(gone), await enter(alive), await enter(next)]).toEqual([true, true, false]);
  await sql(`update submitter_sessions set until = now() - interval '1 second'`);
  await store.submitters.keepSessions(alive, new Map([[submitterId, 1]]));
  expect([await enter(next), await enter(next)]).toEqual([true, false]);
  await store.submitters.leaveSession({ submitterId, processId: alive });
  expect(await enter(next)).toBe(true);
});
