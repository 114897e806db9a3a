import { DEFAULT_RULE_SET } from '@postern/bounce';
import { expect } from 'vitest';
import { createCredential } from '../credential/create-credential.ts';
import { test } from '../testing/scenario.ts';
import { activateBounceRules } from './activate-rules.ts';
import { bounceHistory } from './history.ts';
import { bounceRates } from './rates.ts';
import { listBounceRules } from './list-rules.ts';
import { showBounceRuleVersion } from './show-rule-version.ts';
import { reclassifyBounces } from './reclassify.ts';
import { replayBounceRules } from './replay-rules.ts';
import { showBounceRules } from './show-rules.ts';
import { showBounceSettings } from './show-settings.ts';
import { updateBounceSettings } from './update-settings.ts';

const RULES = [{ id: 'all-is-policy', class: 'policy', codes: ['4', '5'] }];

test('rules are replayed over what is stored, activated, and what is stored is classified again', async ({
  scenario: { context, accept, attempt, audit },
}) => {
  await accept(['a@b.example', 'c@b.example']);
  await attempt({ kind: 'bounced' });
  const replayed = await replayBounceRules(context, { body: { rules: RULES } });
  expect(replayed).toMatchObject({
    ok: { replies: 2, changes: [{ to: 'policy', rule: 'all-is-policy', replies: 2 }] },
  });
  expect(await showBounceRules(context, {})).toMatchObject({ ok: { version: 1, createdBy: 'postern' } });
  expect(await activateBounceRules(context, { body: { rules: RULES, reason: 'trying' } })).toMatchObject({
    ok: { version: 2 },
  });
  expect(await showBounceRules(context, {})).toMatchObject({ ok: { version: 2, rules: RULES } });
  expect(await reclassifyBounces(context, { body: {} })).toMatchObject({ ok: { replies: 2 } });
  expect(await reclassifyBounces(context, { body: {} })).toMatchObject({ ok: { replies: 2, changes: [] } });
  expect(await activateBounceRules(context, { body: { rules: [] } })).toMatchObject({
    ok: { version: 3, rules: expect.objectContaining({ length: DEFAULT_RULE_SET.rules.length }) },
  });
  expect(await listBounceRules(context, {})).toMatchObject({
    ok: {
      items: [
        { version: 3, rules: 0, active: true },
        { version: 2, rules: 1, active: false },
      ],
    },
  });
  expect(await showBounceRuleVersion(context, { params: { version: 2 } })).toMatchObject({
    ok: { rules: RULES, active: false, shipped: false },
  });
  expect(await showBounceRuleVersion(context, { params: { version: 1 } })).toMatchObject({
    ok: { version: 1, active: false, shipped: true },
  });
  expect(await showBounceRuleVersion(context, { params: { version: 9 } })).toMatchObject({
    refused: { code: 'not-found' },
  });
  expect((await audit()).map(({ action }) => action)).toEqual([
    'bounce-rules.activate',
    'bounces.reclassify',
    'bounce-rules.activate',
  ]);
});

test('rules that are none are refused, each fault at its place', async ({ scenario: { context } }) => {
  expect(
    await activateBounceRules(context, { body: { rules: [{ id: 'x', class: 'gone', codes: ['5'] }] } }),
  ).toMatchObject({
    refused: { errors: [{ field: 'body.rules.0.class' }] },
  });
});

test('how bounces of a credential are dealt with is as usual until it is changed', async ({
  scenario: { context, audit },
}) => {
  await createCredential(context, { body: { name: 'app1', senderRules: ['@example.org'] } });
  const params = { credential: 'app1' };
  const usual = {
    dsn: 'reverse-path',
    suppressed: 'record',
    signedPaths: false,
    hold: 'off',
    thresholds: expect.objectContaining({ bounceWarning: 5, floor: 100 }),
  };
  expect(await showBounceSettings(context, { params })).toEqual({ ok: usual });
  const body = { dsn: 'postmaster@example.org', suppressed: 'refuse' } as const;
  expect(await updateBounceSettings(context, { params, body })).toEqual({ ok: { ...usual, ...body } });
  expect(await showBounceSettings(context, { params })).toEqual({ ok: { ...usual, ...body } });
  expect(await updateBounceSettings(context, { params, body: { dsn: 'nonsense' } })).toMatchObject({
    refused: { code: 'invalid-request' },
  });
  expect(
    await updateBounceSettings(context, { params, body: { hold: 'critical', thresholds: { floor: 7 } } }),
  ).toMatchObject({
    ok: { ...body, hold: 'critical', thresholds: { bounceWarning: 5, floor: 7 } },
  });
  expect(await updateBounceSettings(context, { params, body: { thresholds: { bounceWarning: 50 } } })).toMatchObject({
    refused: { errors: [{ field: 'body.thresholds.bounceWarning' }] },
  });
  expect((await audit()).map(({ action }) => action)).toContain('credential.bounces');
});

test('rates are there at once, by class, site, credential, domain and time', async ({
  scenario: { context, store, accept, attempt },
}) => {
  await accept(['a@b.example', 'c@b.example']);
  await attempt({ kind: 'bounced' });
  await accept(['e@b.example']);
  await attempt({ kind: 'delivered' });
  const read = async (by: 'class' | 'site' | 'credential' | 'domain' | 'source' | 'time') => {
    const outcome = await bounceRates(context, { query: { by } });
    return 'ok' in outcome ? outcome.ok.items : [];
  };
  expect(await read('domain')).toEqual([
    { key: 'example.org', fault: null, delivered: 1, bounced: 2, deferred: 0, expired: 0, returned: 0, complained: 0 },
  ]);
  await store.bounces.foldOutcomes();
  for (const by of ['class', 'site', 'credential', 'domain', 'source', 'time'] as const) {
    const items = await read(by);
    expect(items.reduce((sum, { bounced }) => sum + bounced, 0)).toBe(2);
    expect(items.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(1);
  }
});

test('over time, those that failed most come first, all others together last, and nothing is lost between them', async ({
  scenario: { context, store, accept, attempt },
}) => {
  for (const [domain, many] of [
    ['one.example', 1],
    ['three.example', 3],
    ['two.example', 2],
  ] as const) {
    await accept(Array.from({ length: many }, (_, index) => `r${index}@${domain}`));
    await attempt({ kind: 'bounced' });
  }
  await store.bounces.foldOutcomes();
  await accept(['e@b.example']);
  await attempt({ kind: 'delivered' });
  for (const by of ['class', 'site', 'credential', 'domain', 'source'] as const) {
    for (const span of ['minute', 'hour', 'day', undefined] as const) {
      const outcome = await bounceHistory(context, { query: { by, limit: 1, ...(span ? { span } : {}) } });
      const { items } = 'ok' in outcome ? outcome.ok : { items: [] };
      const points = items.flatMap((series) => series.points);
      expect(items.reduce((sum, { bounced }) => sum + bounced, 0)).toBe(6);
      expect(points.reduce((sum, { bounced }) => sum + bounced, 0)).toBe(6);
      expect(points.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(1);
      expect(items.length).toBeLessThanOrEqual(2);
    }
  }
  const credentials = await bounceHistory(context, { query: { by: 'credential' } });
  expect(credentials).toMatchObject({ ok: { span: 'hour', items: [{ key: '', bounced: 6, delivered: 1 }] } });
  expect(
    await bounceHistory(context, { query: { since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' } }),
  ).toMatchObject({
    refused: { code: 'invalid-request' },
  });
});

test('who may only read activates no rules and changes no settings', async ({ scenario: { asAuditor } }) => {
  const forbidden = { refused: { code: 'forbidden' } };
  expect(await activateBounceRules(asAuditor, { body: { rules: RULES } })).toMatchObject(forbidden);
  expect(await reclassifyBounces(asAuditor, { body: {} })).toMatchObject(forbidden);
  expect(await updateBounceSettings(asAuditor, { params: { credential: 'x' }, body: {} })).toMatchObject(forbidden);
});
