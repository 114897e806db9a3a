import { ROUTES } from '@postern/admin-contract';
import { z } from 'zod';
import { readRateQuery } from '../bounce/rate-query.ts';
import { readPage } from '../cursor.ts';
import type { EndedBounce, EndedKey } from '../ports/bounce-admin.ts';
import { csvExport } from './csv-export.ts';

const key = z.object({ messageId: z.uuid(), number: z.int() });

/** Recipients that bounced or expired as CSV, with the reply that ended them. */
export const exportBounces = csvExport(ROUTES.exportBounces, {
  columns: [
    { heading: 'at', cell: ({ at }: EndedBounce) => at },
    { heading: 'message', cell: ({ messageId }) => messageId },
    { heading: 'reverse-path', cell: ({ reversePath }) => reversePath },
    { heading: 'forward-path', cell: ({ forwardPath }) => forwardPath },
    { heading: 'outcome', cell: ({ outcome }) => outcome },
    { heading: 'class', cell: ({ class: word }) => word },
    { heading: 'code', cell: ({ code }) => code },
    { heading: 'enhanced', cell: ({ enhanced }) => enhanced },
    { heading: 'reply', cell: ({ text }) => text },
    { heading: 'site', cell: ({ site }) => site },
    { heading: 'host', cell: ({ host }) => host },
    { heading: 'source', cell: ({ source }) => source },
    { heading: 'credential', cell: ({ credential }) => credential },
  ],
  read: async ({ store, clock }, query) => {
    const reading = await readRateQuery({ store, clock }, query);
    if ('refused' in reading) return reading;
    // Where no time is said, rates are of the last day; a file is of all that is kept.
    const since = query.since === undefined ? undefined : reading.since;
    const until = query.until === undefined ? undefined : reading.until;
    const keyOf = ({ messageId, number }: EndedBounce) => ({ messageId, number });
    let searchedTo: EndedKey | undefined;
    return readPage({ query, key, keyOf, endOf: () => searchedTo }, async (slice) => {
      const found = await store.endedBounces(slice, { ...reading, since, until, outcome: query.outcome });
      searchedTo = found.searchedTo;
      return found.items;
    });
  },
});
