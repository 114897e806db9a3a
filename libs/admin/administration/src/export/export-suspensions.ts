import { ROUTES, type Suspension } from '@postern/admin-contract';
import { listSuspensions } from '../suspension/list-suspensions.ts';
import { csvExport } from './csv-export.ts';

/** What is suspended now as CSV, queues too. */
export const exportSuspensions = csvExport(ROUTES.exportSuspensions, {
  columns: [
    { heading: 'scope', cell: ({ scope }: Suspension) => scope },
    { heading: 'subject', cell: ({ subject }) => subject },
    { heading: 'name', cell: ({ name }) => name },
    { heading: 'since', cell: ({ since }) => since },
    { heading: 'until', cell: ({ until }) => until },
    { heading: 'by', cell: ({ by }) => by },
    { heading: 'reason', cell: ({ reason }) => reason },
    { heading: 'id', cell: ({ id }) => id },
  ],
  read: (context, query) => listSuspensions(context, { query }),
});
