import { day, ROUTES, type TlsReportSent } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

const key = z.object({ day: day, id: z.uuid() });

/** The TLS reports that we made, the latest first. */
export const listTlsReportsSent = verb(ROUTES.listTlsReportsSent, ({ store }, { query }) =>
  readPage({ query, key, keyOf: ({ day, id }: TlsReportSent) => ({ day, id }) }, (slice) =>
    store.listTlsReportsSent(slice, query.domain?.toLowerCase()),
  ),
);
