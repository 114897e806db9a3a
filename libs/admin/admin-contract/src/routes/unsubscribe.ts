import { z } from 'zod';
import { route } from '../route.ts';
import { reason } from '../shapes.ts';

/** Where recipients of a credential's mail unsubscribe. */
export const unsubscribeSettings = z
  .object({
    /** A URI of yours with places: `https://example.org/u?r={recipient}&t={token}`; null: nothing is added to messages. */
    template: z.string().nullable(),
  })
  .meta({ id: 'UnsubscribeSettings' });
export type UnsubscribeSettings = z.output<typeof unsubscribeSettings>;

const path = '/api/v1/credentials/{credential}/unsubscribe';
const params = z.object({ credential: z.string().min(1).max(64) });

export const UNSUBSCRIBE_ROUTES = {
  showUnsubscribe: route({
    method: 'GET',
    path,
    tag: 'Credentials',
    summary: 'Where recipients of a credential unsubscribe',
    permission: 'credentials:read',
    params,
    status: 200,
    response: unsubscribeSettings,
    version: ['template'],
    audited: 'credential.unsubscribe',
    problems: ['not-found'],
  }),
  updateUnsubscribe: route({
    method: 'POST',
    changes: 'showUnsubscribe',
    path,
    tag: 'Credentials',
    summary:
      'Have List-Unsubscribe and List-Unsubscribe-Post added to messages of a credential to one recipient that have none',
    permission: 'credentials:write',
    params,
    body: z.object({ template: z.string().trim().min(1).max(400).nullable(), reason: reason.optional() }),
    status: 200,
    response: unsubscribeSettings,
    problems: ['not-found'],
  }),
};
