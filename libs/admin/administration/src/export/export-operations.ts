import { ROUTES, type Operation } from '@postern/admin-contract';
import { listOperations } from '../operation/list-operations.ts';
import { csvExport } from './csv-export.ts';

/** Commands on many messages as CSV: who asked for what, and how far each has come. */
export const exportOperations = csvExport(ROUTES.exportOperations, {
  columns: [
    { heading: 'id', cell: ({ id }: Operation) => id },
    { heading: 'kind', cell: ({ kind }) => kind },
    { heading: 'state', cell: ({ state }) => state },
    { heading: 'query', cell: ({ query }) => query },
    { heading: 'reason', cell: ({ reason }) => reason },
    { heading: 'by', cell: ({ by }) => by },
    { heading: 'asked at', cell: ({ createdAt }) => createdAt },
    { heading: 'begun at', cell: ({ startedAt }) => startedAt },
    { heading: 'ended at', cell: ({ endedAt }) => endedAt },
    { heading: 'expected', cell: ({ expected }) => expected },
    { heading: 'moved', cell: ({ moved }) => moved },
    { heading: 'fault', cell: ({ fault }) => fault },
  ],
  read: (context, query) => listOperations(context, { query }),
});
