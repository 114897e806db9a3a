import { ROUTES, type Queue } from '@postern/admin-contract';
import { listQueues } from '../queue/list-queues.ts';
import { csvExport } from './csv-export.ts';

/** Delivery queues as CSV, with what waits in each and what its last attempt heard. */
export const exportQueues = csvExport(ROUTES.exportQueues, {
  columns: [
    { heading: 'id', cell: ({ id }: Queue) => id },
    { heading: 'kind', cell: ({ kind }) => kind },
    { heading: 'name', cell: ({ name }) => name },
    { heading: 'queued', cell: ({ counts }) => counts.queued },
    { heading: 'sending', cell: ({ counts }) => counts.sending },
    { heading: 'deferred', cell: ({ counts }) => counts.deferred },
    { heading: 'held', cell: ({ counts }) => counts.held },
    { heading: 'oldest accepted at', cell: ({ oldestAcceptedAt }) => oldestAcceptedAt },
    { heading: 'next due at', cell: ({ nextDueAt }) => nextDueAt },
    { heading: 'suspended at', cell: ({ suspended }) => suspended?.at ?? null },
    { heading: 'suspended by', cell: ({ suspended }) => suspended?.by ?? null },
    { heading: 'last attempt at', cell: ({ lastAttempt }) => lastAttempt?.at ?? null },
    { heading: 'last code', cell: ({ lastAttempt }) => lastAttempt?.reply.code ?? null },
    { heading: 'last reply', cell: ({ lastAttempt }) => lastAttempt?.reply.text ?? null },
  ],
  read: (context, query) => listQueues(context, { query }),
});
