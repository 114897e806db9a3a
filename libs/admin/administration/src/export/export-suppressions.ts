import { ROUTES, type Suppression } from '@postern/admin-contract';
import { listSuppressions } from '../suppression/list-suppressions.ts';
import { csvExport } from './csv-export.ts';

/** The suppression list as CSV. */
export const exportSuppressions = csvExport(ROUTES.exportSuppressions, {
  columns: [
    { heading: 'address', cell: ({ address }: Suppression) => address },
    { heading: 'scope', cell: ({ scope }) => scope },
    { heading: 'class', cell: ({ class: word }) => word },
    { heading: 'source', cell: ({ source }) => source },
    { heading: 'evidence', cell: ({ evidence }) => evidence },
    { heading: 'message', cell: ({ messageId }) => messageId },
    { heading: 'created at', cell: ({ createdAt }) => createdAt },
    { heading: 'created by', cell: ({ createdBy }) => createdBy },
    { heading: 'until', cell: ({ until }) => until },
  ],
  read: (context, query) => listSuppressions(context, { query }),
});
