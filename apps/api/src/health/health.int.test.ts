import { expect } from 'vitest';
import { testDatabase } from '@postern/database';
import { logger } from '@postern/observability';
import { startApi } from '../start-api.ts';
import { configurationFor, test } from '../testing/running-api.ts';

test('a sound API is live and ready', async ({ api }) => {
  expect(await api.ask('GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await api.ask('GET', '/health/ready')).toMatchObject({
    status: 200,
    body: { status: 'ok', checks: { database: 'ok', clock: 'ok', alarmClock: 'ok', eventLoop: 'ok' } },
  });
});

test('with the database gone it is live, not ready, and says so to whoever asks for data', async () => {
  const database = await testDatabase();
  const configuration = configurationFor(database.url);
  const api = await startApi(configuration, logger({ service: 'api', level: 'silent' }));
  try {
    await database.close();
    expect((await fetch(`${api.urls[0]}/health/live`)).status).toBe(200);
    const ready = await fetch(`${api.urls[0]}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ checks: { database: 'does not answer' } });
    const cookie = 'postern.session_token=abcdefghijklmnopqrstuvwxyzABCDEF.' + encodeURIComponent(`${'A'.repeat(43)}=`);
    const answer = await fetch(`${api.urls[0]}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ email: 'a@b.example', password: 'x' }),
    });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'store-unavailable' });
  } finally {
    await api.stop();
  }
});

test('metrics are told without names of people, hosts or secrets', async ({ api }) => {
  await api.signIn();
  const { status, text, headers } = await api.ask('GET', '/metrics');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/plain');
  expect(text).toMatch(/^postern_api_request_seconds_count\{.*status="2xx".*\} [1-9]/m);
  expect(text).toMatch(/^postern_delivery_lanes\{.*at="site".*\} 0$/m);
  expect(text).not.toMatch(/example\.org|postgres(?:ql)?:\/\//);
});
