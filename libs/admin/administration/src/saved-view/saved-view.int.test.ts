import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { listSavedViews } from './list-saved-views.ts';
import { removeSavedView } from './remove-saved-view.ts';
import { saveView } from './save-view.ts';

test('a search is saved under a name, saved anew under it, and forgotten; nobody else sees it', async ({
  scenario,
}) => {
  const { context } = scenario;
  await saveView(context, { body: { name: 'Late', query: 'state:deferred' } });
  const again = await saveView(context, { body: { name: 'Late', query: 'state:deferred before:2h' } });
  expect(await listSavedViews(context, {})).toMatchObject({
    ok: { items: [{ name: 'Late', query: 'state:deferred before:2h' }] },
  });
  const other = { ...context, actor: { ...context.actor, id: 'somebody else' } };
  expect(await listSavedViews(other, {})).toEqual({ ok: { items: [] } });
  const params = { id: 'ok' in again ? again.ok.id : '' };
  expect(await removeSavedView(other, { params })).toMatchObject({ refused: { code: 'not-found' } });
  expect(await removeSavedView(context, { params })).toEqual({ ok: undefined });
  expect((await scenario.audit()).map(({ action }) => action)).toEqual([
    'saved-view.save',
    'saved-view.save',
    'saved-view.remove',
  ]);
});

test('what is no search is not saved', async ({ scenario: { context } }) => {
  expect(await saveView(context, { body: { name: 'x', query: 'colour:red' } })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field: 'body.query' }] },
  });
});

test('somebody saves a hundred searches at most', async ({ scenario: { context, store } }) => {
  await store.pool.query(
    "insert into saved_views (id, owner_id, name, query) select gen_random_uuid(), $1, 'n' || n, 'to:a@b.example' from generate_series(1, 100) n",
    [context.actor.id],
  );
  expect(await saveView(context, { body: { name: 'one more', query: 'x' } })).toMatchObject({
    refused: { code: 'conflict' },
  });
  expect(await saveView(context, { body: { name: 'n7', query: 'x' } })).toMatchObject({ ok: { query: 'x' } });
});
