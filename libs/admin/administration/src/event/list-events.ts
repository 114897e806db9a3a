import { ROUTES, type Event } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** What needs an operator, the latest first. */
export const listEvents = verb(ROUTES.listEvents, ({ store }, { query }) =>
  readPage({ query, key: z.string().regex(/^\d{1,18}$/), keyOf: (event: Event) => event.id }, (slice) =>
    store.listEvents({
      ...slice,
      order: query.order,
      state: query.state,
      subjectId: query.subject,
      severity: query.severity,
      kind: query.kind,
    }),
  ),
);
