import { instant, ROUTES, type Suspension } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

const KEY = z.object({ since: instant, id: z.string().max(64) });

/** What is suspended now, queues too, the latest first unless it is turned round. */
export const listSuspensions = verb(ROUTES.listSuspensions, ({ store }, { query }) => {
  const { order, scope } = query;
  return readPage(
    { query, key: KEY, keyOf: ({ since, id, subject }: Suspension) => ({ since, id: id ?? subject }) },
    (slice) => store.listSuspensions({ ...slice, order, scope }),
  );
});
