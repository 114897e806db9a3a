import { ROUTES, type ReturnedReport } from '@postern/admin-contract';
import { listReturnedReports } from '../bounce/list-returned.ts';
import { csvExport } from './csv-export.ts';

/** What came back to signed return-paths, as CSV. */
export const exportReturnedReports = csvExport(ROUTES.exportReturnedReports, {
  columns: [
    { heading: 'id', cell: ({ id }: ReturnedReport) => id },
    { heading: 'received at', cell: ({ receivedAt }) => receivedAt },
    { heading: 'message', cell: ({ messageId }) => messageId },
    { heading: 'recipient', cell: ({ recipient }) => recipient },
    { heading: 'kind', cell: ({ kind }) => kind },
    { heading: 'named', cell: ({ named }) => named },
    { heading: 'action', cell: ({ action }) => action },
    { heading: 'status', cell: ({ status }) => status },
    { heading: 'diagnostic', cell: ({ diagnostic }) => diagnostic },
    { heading: 'feedback type', cell: ({ feedbackType }) => feedbackType },
    { heading: 'class', cell: ({ class: word }) => word },
    { heading: 'reporting mta', cell: ({ reportingMta }) => reportingMta },
    { heading: 'from', cell: ({ clientAddress }) => clientAddress },
    { heading: 'effect', cell: ({ effect }) => effect },
  ],
  read: (context, query) => listReturnedReports(context, { query }),
});
