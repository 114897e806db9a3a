import { testDatabase } from '@postern/database';
import { cliActor, ensureFirstAccount } from '@postern/administration';
import { logger } from '@postern/observability';
import { createStore } from '@postern/prisma-store';
import { expect, test } from 'vitest';
import { startApi } from '../start-api.ts';
import { configurationFor, EMAIL, PASSWORD } from '../testing/running-api.ts';

test('who is signed in stays so while the database is away: they are told that it is, not to sign in again', async () => {
  const database = await testDatabase();
  const log = logger({ service: 'api', level: 'silent' });
  const store = createStore({ databaseUrl: database.url, poolSize: 1, log });
  await ensureFirstAccount({ store: store.admin, actor: cliActor('tests') }, { email: EMAIL, password: PASSWORD });
  await store.close();
  const api = await startApi(configurationFor(database.url), log);
  try {
    const signedIn = await fetch(`${api.urls[0]}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
    });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await fetch(`${api.urls[0]}/api/v1/session`, { headers: { cookie } })).status).toBe(200);
    await database.close();
    for (const path of ['session', 'queues', 'stream']) {
      const answer = await fetch(`${api.urls[0]}/api/v1/${path}`, { headers: { cookie } });
      expect(answer.status, path).toBe(503);
      expect(await answer.json()).toMatchObject({ code: 'store-unavailable' });
    }
  } finally {
    await api.stop();
  }
});
