import { ROUTES, type ReturnedReport } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** What came back to signed return-paths, the latest first: what each was tied to, and what came of it. */
export const listReturnedReports = verb(ROUTES.listReturnedReports, ({ store }, { query }) =>
  readPage({ query, key: z.uuid(), keyOf: (item: ReturnedReport) => item.id }, (slice) =>
    store.listReturnedReports({ ...slice, order: query.order }, query),
  ),
);
