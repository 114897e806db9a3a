import { parseCredentialName } from '@postern/credentials';
import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { createCredential } from './create-credential.ts';
import { showUnsubscribe, showUnsubscribeKey, updateUnsubscribe } from './unsubscribe.ts';

const params = { credential: 'news' };
const template = 'https://example.org/u?t={token}';

test('where recipients unsubscribe is said to the listeners, changed, and taken back', async ({ scenario }) => {
  const { context, asAuditor, store } = scenario;
  await createCredential(context, { body: { name: 'news', senderRules: ['@example.org'] } });
  const name = parseCredentialName('news') ?? expect.unreachable();
  const listeners = async () => (await store.credentials.findByName(name))?.unsubscribe;
  expect(await showUnsubscribe(asAuditor, { params })).toEqual({ ok: { template: null } });
  expect(await listeners()).toBeUndefined();
  expect(await updateUnsubscribe(context, { params, body: { template } })).toEqual({ ok: { template } });
  expect(await listeners()).toBe(template);
  expect(await updateUnsubscribe(context, { params, body: { template: 'http://example.org/' } })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field: 'body.template' }] },
  });
  const refused = { refused: { code: 'forbidden' } };
  expect(await updateUnsubscribe(asAuditor, { params, body: { template } })).toMatchObject(refused);
  expect(await showUnsubscribeKey(asAuditor, 'news')).toMatchObject(refused);
  const shown = await showUnsubscribeKey(context, 'news');
  expect(shown).toMatchObject({ ok: { key: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  expect(await updateUnsubscribe(context, { params, body: { template: null } })).toEqual({ ok: { template: null } });
  expect(await listeners()).toBeUndefined();
  const audit = await scenario.audit();
  expect(audit.map(({ action }) => action)).toEqual([
    'credential.create',
    'credential.unsubscribe',
    'credential.unsubscribe-key',
    'credential.unsubscribe',
  ]);
  expect(JSON.stringify(audit)).not.toContain('ok' in shown ? shown.ok.key : '');
});
