import { ROUTES, type Event } from '@postern/admin-contract';
import { listEvents } from '../event/list-events.ts';
import { csvExport } from './csv-export.ts';

/** Events as CSV. */
export const exportEvents = csvExport(ROUTES.exportEvents, {
  columns: [
    { heading: 'id', cell: ({ id }: Event) => id },
    { heading: 'kind', cell: ({ kind }) => kind },
    { heading: 'severity', cell: ({ severity }) => severity },
    { heading: 'subject kind', cell: ({ subject }) => subject.kind },
    { heading: 'subject', cell: ({ subject }) => subject.name },
    { heading: 'text', cell: ({ text }) => text },
    { heading: 'at', cell: ({ at }) => at },
    { heading: 'last at', cell: ({ lastAt }) => lastAt },
    { heading: 'times', cell: ({ times }) => times },
    { heading: 'resolved at', cell: ({ resolvedAt }) => resolvedAt },
    { heading: 'resolved by', cell: ({ resolvedBy }) => resolvedBy },
  ],
  read: (context, query) => listEvents(context, { query }),
});
