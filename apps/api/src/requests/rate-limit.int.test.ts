import { testDatabase } from '@postern/database';
import { logger } from '@postern/observability';
import { createStore } from '@postern/prisma-store';
import { expect, test } from 'vitest';
import { test as withApi } from '../testing/running-api.ts';
import { rateLimit } from './rate-limit.ts';

test('several processes together admit as many as the limit says, and the next minute begins anew', async () => {
  const database = await testDatabase();
  const store = createStore({
    databaseUrl: database.url,
    poolSize: 4,
    log: logger({ service: 'api', level: 'silent' }),
  });
  try {
    let now = Date.UTC(2030, 0, 1, 12, 0, 5);
    let asked = 0;
    const counted = {
      takeRequests: (taken: Parameters<typeof store.admin.takeRequests>[0]) => (
        (asked += 1),
        store.admin.takeRequests(taken)
      ),
    };
    const clock = { now: () => new Date(now) };
    const processes = [0, 1, 2].map(() => rateLimit({ store: counted, clock, perMinute: 100 }));
    const take = (who: string, at: number) => processes[at % 3]?.take(who);
    const answers = [];
    for (let n = 0; n < 150; n += 1) answers.push(await take('key:a', n));
    const admitted = answers.filter((each) => each?.admitted).length;
    expect(admitted).toBeLessThanOrEqual(100);
    expect(admitted).toBeGreaterThan(95);
    expect(answers.at(-1)).toMatchObject({ admitted: false, limit: 100, remaining: 0, resetSeconds: 55 });
    const before = asked;
    for (let n = 0; n < 50; n += 1) await take('key:a', n);
    expect(asked, 'who has used it up costs the store nothing').toBe(before);
    expect((await take('key:b', 0))?.admitted).toBe(true);
    now += 60_000;
    expect(await take('key:a', 0)).toMatchObject({ admitted: true });
  } finally {
    await store.close();
    await database.close();
  }
});

withApi('whoever asks is told what is left, and when it is used up, when to come back', async ({ api }) => {
  const cookie = await api.signIn();
  const answer = await api.ask('GET', '/api/v1/session', { cookie });
  expect(answer.headers.get('ratelimit-policy')).toBe('"minute";q=3000;w=60');
  expect(answer.headers.get('ratelimit')).toMatch(/^"minute";r=29\d\d;t=\d+$/);
  await api.store.pool.query('update request_counts set used = 1000000');
  // What this process took before is used up, then it is refused.
  let refused = answer;
  for (let n = 0; n < 30 && refused.status !== 429; n += 1)
    refused = await api.ask('GET', '/api/v1/session', { cookie });
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('ratelimit')).toContain('r=0');
});
