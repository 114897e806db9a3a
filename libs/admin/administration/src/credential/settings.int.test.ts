import { expect } from 'vitest';
import { addRoute } from '../route/add-route.ts';
import { removeRoute } from '../route/remove-route.ts';
import { test } from '../testing/scenario.ts';
import { createCredential } from './create-credential.ts';
import { showCredential } from './show-credential.ts';
import { nameOf } from './testing/name-of.ts';
import { updateCredential } from './update-credential.ts';

const body = { name: 'app1', senderRules: ['@example.org'] };
const params = { credential: 'app1' };

test('settings of a new credential are what was given, and unlimited and observed where nothing was', async ({
  scenario: { context },
}) => {
  const limits = { messagesPerHour: 1000, maxMessageOctets: 10_485_760 };
  await createCredential(context, { body: { ...body, limits, owner: 'Shop team', note: 'orders', tag: 'Shop' } });
  expect(await showCredential(context, { params })).toMatchObject({
    ok: {
      owner: 'Shop team',
      note: 'orders',
      tag: 'shop',
      route: null,
      limits: { ...limits, messagesPerDay: null, recipientsPerHour: null, maxSessions: null },
      guard: { mode: 'observe', heldSince: null, thresholds: { volumeFactor: 5 } },
      secrets: [{ lastUsedAt: null, replacedAt: null, expiresAt: null }],
    },
  });
});

test('an update changes what it names, takes away what it names as null, and leaves the rest', async ({
  scenario: { context },
}) => {
  await createCredential(context, {
    body: { ...body, networks: ['192.0.2.0/24'], limits: { messagesPerHour: 10, messagesPerDay: 20 }, note: 'a' },
  });
  const change = {
    limits: { messagesPerHour: null, recipientsPerDay: 30 },
    guard: { mode: 'hold' as const, thresholds: { volumeFloor: 7 } },
    note: null,
  };
  expect(await updateCredential(context, { params, body: change })).toMatchObject({
    ok: {
      senderRules: ['@example.org'],
      networks: ['192.0.2.0/24'],
      limits: { messagesPerHour: null, messagesPerDay: 20, recipientsPerDay: 30 },
      guard: { mode: 'hold', thresholds: { volumeFloor: 7, bouncePercent: 30 } },
      note: null,
    },
  });
});

test('everything that is wrong with an update is told at once, and nothing is changed', async ({
  scenario: { context },
}) => {
  await createCredential(context, { body });
  const wrong = {
    senderRules: ['nonsense'],
    networks: ['10.1.2.3/8'],
    expiresAt: '2020-01-01T00:00:00Z',
    route: 'none',
  };
  expect(await updateCredential(context, { params, body: { ...wrong, note: 'new' } })).toMatchObject({
    refused: {
      code: 'invalid-request',
      errors: ['body.route', 'body.expiresAt', 'body.senderRules.0', 'body.networks.0'].map((field) => ({ field })),
    },
  });
  expect(await updateCredential(context, { params, body: { limits: { messagesPerHour: 0 } } })).toMatchObject({
    refused: { errors: [{ field: 'body.limits.messagesPerHour' }] },
  });
  expect(await showCredential(context, { params })).toMatchObject({ ok: { note: null } });
});

test('a route that a credential sends through is not removed under it', async ({ scenario: { context, store } }) => {
  const route = { name: 'upstream', host: 'smtp.example.com', domains: ['nowhere.example'] };
  await addRoute(context, { body: { ...route, port: 587, tls: 'verify' } });
  await createCredential(context, { body: { ...body, route: 'upstream' } });
  const [stored] = await store.routes.list();
  const found = await store.credentials.findByName(nameOf('app1'));
  expect(found?.routeQueueId).toBe(stored?.queueId);
  const removal = { params: { route: 'upstream' } };
  expect(await removeRoute(context, removal)).toMatchObject({ refused: { code: 'conflict', detail: /app1/ } });
  await updateCredential(context, { params, body: { route: null } });
  expect(await removeRoute(context, removal)).toEqual({ ok: undefined });
});

test('every change leaves its row in the audit, with what was set', async ({ scenario }) => {
  await createCredential(scenario.context, { body });
  const change = { limits: { messagesPerHour: 5 }, reason: 'too much' };
  await updateCredential(scenario.context, { params, body: change });
  expect((await scenario.audit()).at(-1)).toMatchObject({
    action: 'credential.update',
    subjectName: 'app1',
    reason: 'too much',
    facts: { limits: { messagesPerHour: 5 } },
  });
});
