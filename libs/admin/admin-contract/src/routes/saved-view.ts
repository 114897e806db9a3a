import { z } from 'zod';
import { route } from '../route.ts';
import { instant } from '../shapes.ts';

/** So many views a person has at most: more than fit into a menu. */
export const MOST_SAVED_VIEWS = 100;

/** A search for messages under a name; everybody has their own. */
export const savedView = z
  .object({ id: z.string(), name: z.string(), query: z.string(), createdAt: instant })
  .meta({ id: 'SavedView' });
export type SavedView = z.output<typeof savedView>;

const tag = 'Saved views';

export const SAVED_VIEW_ROUTES = {
  listSavedViews: route({
    method: 'GET',
    path: '/api/v1/saved-views',
    tag,
    summary: `The searches that whoever asks has saved, by name, all of them: ${MOST_SAVED_VIEWS} at most`,
    permission: 'messages:read',
    status: 200,
    response: z.object({ items: z.array(savedView) }),
    problems: [],
  }),
  saveView: route({
    method: 'POST',
    path: '/api/v1/saved-views',
    tag,
    summary: 'Save a search under a name; one of that name is replaced',
    permission: 'messages:read',
    body: z.object({ name: z.string().trim().min(1).max(80), query: z.string().trim().min(1).max(1000) }),
    status: 201,
    response: savedView,
    problems: ['conflict'],
  }),
  removeSavedView: route({
    method: 'DELETE',
    path: '/api/v1/saved-views/{id}',
    tag,
    summary: 'Forget a saved search',
    permission: 'messages:read',
    params: z.object({ id: z.uuid() }),
    status: 204,
    problems: ['not-found'],
  }),
};
