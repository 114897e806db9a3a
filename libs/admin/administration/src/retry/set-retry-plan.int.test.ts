import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { listRetryPlans } from './list-retry-plans.ts';
import { setRetryPlan } from './set-retry-plan.ts';

const times = { delaysSeconds: [60], giveUpSeconds: 3_600 };

test('there are five hundred retry plans at most; one that is there can still be changed', async ({
  scenario: { context, store },
}) => {
  await store.pool.query(
    `insert into retry_plans (id, scope, subject, delays_seconds, give_up_seconds)
     select gen_random_uuid(), 'tag', 'tag' || n, '{60}', 3600 from generate_series(1, 500) n`,
  );
  expect(await setRetryPlan(context, { body: { scope: 'tag', subject: 'one-more', ...times } })).toMatchObject({
    refused: { code: 'conflict', detail: expect.stringContaining('500 retry plans already') },
  });
  const body = { scope: 'tag', subject: 'tag7', ...times, giveUpSeconds: 7_200 } as const;
  expect(await setRetryPlan(context, { body })).toMatchObject({ ok: { giveUpSeconds: 7_200 } });
  const listed = await listRetryPlans(context, {});
  expect('ok' in listed && listed.ok.items.length).toBe(501);
});
