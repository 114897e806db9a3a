import { instant, ROUTES, type TlsReportReceived } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

const key = z.object({ startAt: instant, id: z.uuid() });

/** The TLS reports that others made about our domains, the latest first. */
export const listTlsReportsReceived = verb(ROUTES.listTlsReportsReceived, ({ store }, { query }) =>
  readPage({ query, key, keyOf: ({ startAt, id }: TlsReportReceived) => ({ startAt, id }) }, (slice) =>
    store.listTlsReportsReceived(slice),
  ),
);
