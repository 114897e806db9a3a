import { ROUTES } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import type { EndedBounce } from '../ports/bounce-admin.ts';
import { csvExport } from './csv-export.ts';

const key = z.object({ messageId: z.uuid(), number: z.int(), leaseToken: z.uuid() });

/** Recipients that bounced or expired as CSV, with the reply that ended them. */
export const exportBounces = csvExport(ROUTES.exportBounces, {
  columns: [
    { heading: 'at', cell: ({ at }: EndedBounce) => at },
    { heading: 'message', cell: ({ messageId }) => messageId },
    { heading: 'forward-path', cell: ({ forwardPath }) => forwardPath },
    { heading: 'outcome', cell: ({ outcome }) => outcome },
    { heading: 'class', cell: ({ class: word }) => word },
    { heading: 'code', cell: ({ code }) => code },
    { heading: 'enhanced', cell: ({ enhanced }) => enhanced },
    { heading: 'reply', cell: ({ text }) => text },
    { heading: 'host', cell: ({ host }) => host },
  ],
  read: ({ store }, query) =>
    readPage(
      { query, key, keyOf: ({ messageId, number, leaseToken }) => ({ messageId, number, leaseToken }) },
      (slice) => store.endedBounces(slice),
    ),
});
