import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { addSuppression } from './add-suppression.ts';
import { importSuppressions } from './import-suppressions.ts';
import { listSuppressions } from './list-suppressions.ts';
import { removeSuppression } from './remove-suppression.ts';
import { removeSuppressions } from './remove-suppressions.ts';

test('an address is suppressed once for a scope, in one form, and is sent to again when it is removed', async ({
  scenario: { context, store, audit },
}) => {
  const body = { address: 'Bob@B.example', scope: '@Example.org', reason: 'asked to be left alone' };
  const added = await addSuppression(context, { body });
  expect(added).toMatchObject({
    ok: { address: 'bob@b.example', scope: '@example.org', source: 'manual', until: null },
  });
  expect(await addSuppression(context, { body })).toMatchObject({ refused: { code: 'conflict' } });
  expect(await addSuppression(context, { body: { ...body, scope: '*' } })).toHaveProperty('ok');
  expect((await store.suppressions.suppressionsOf(['bob@b.example'])).map(({ scope }) => scope).sort()).toEqual([
    '*',
    '@example.org',
  ]);
  const id = 'ok' in added ? added.ok.id : '';
  expect(await removeSuppression(context, { params: { id } })).toEqual({ ok: undefined });
  expect(await removeSuppression(context, { params: { id } })).toMatchObject({ refused: { code: 'not-found' } });
  expect((await audit()).map(({ action, reason }) => [action, reason])).toEqual([
    ['suppression.add', body.reason],
    ['suppression.add', body.reason],
    ['suppression.remove', undefined],
  ]);
});

test('what is imported is found and removed by a filter, and what was there stays as it was', async ({
  scenario: { context, audit },
}) => {
  await addSuppression(context, { body: { address: 'a@b.example', reason: 'first' } });
  const items = [{ address: 'a@b.example' }, { address: 'c@d.example' }, { address: 'e@b.example' }];
  expect(await importSuppressions(context, { body: { items } })).toEqual({ ok: { added: 2, kept: 1 } });
  const found = await listSuppressions(context, { query: { contains: '@B.example', order: 'ascending' } });
  expect('ok' in found && found.ok.items.map(({ address, source }) => [address, source])).toEqual([
    ['a@b.example', 'manual'],
    ['e@b.example', 'import'],
  ]);
  const body = { contains: 'b.example', source: 'import' } as const;
  expect(await removeSuppressions(context, { body: { ...body, dryRun: true } })).toEqual({ ok: { suppressions: 1 } });
  expect(await removeSuppressions(context, { body })).toEqual({ ok: { suppressions: 1 } });
  expect(await removeSuppressions(context, { body: {} })).toMatchObject({ refused: { code: 'invalid-request' } });
  expect((await audit()).map(({ action }) => action)).toEqual([
    'suppression.add',
    'suppression.import',
    'suppression.remove',
  ]);
});

test('an import with one malformed address changes nothing', async ({ scenario: { context } }) => {
  const items = [{ address: 'a@b.example' }, { address: 'no address' }];
  expect(await importSuppressions(context, { body: { items } })).toMatchObject({
    refused: { errors: [{ field: 'body.items.1.address' }] },
  });
  expect(await listSuppressions(context, {})).toMatchObject({ ok: { items: [] } });
});

test('who may only read changes nothing', async ({ scenario: { asAuditor } }) => {
  const forbidden = { refused: { code: 'forbidden' } };
  expect(await addSuppression(asAuditor, { body: { address: 'a@b.example' } })).toMatchObject(forbidden);
  expect(await importSuppressions(asAuditor, { body: { items: [{ address: 'a@b.example' }] } })).toMatchObject(
    forbidden,
  );
  expect(await removeSuppressions(asAuditor, { body: { contains: 'a' } })).toMatchObject(forbidden);
  expect(await listSuppressions(asAuditor, {})).toHaveProperty('ok');
});
