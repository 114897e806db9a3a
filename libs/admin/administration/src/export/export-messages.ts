import { RECIPIENT_STATES, ROUTES, type MessageSummary } from '@postern/admin-contract';
import { findMessages } from '../message/find-messages.ts';
import { csvExport } from './csv-export.ts';

/** Messages as CSV, each with how many of its recipients are in which state. */
export const exportMessages = csvExport(ROUTES.exportMessages, {
  columns: [
    { heading: 'id', cell: ({ id }: MessageSummary) => id },
    { heading: 'accepted at', cell: ({ acceptedAt }) => acceptedAt },
    { heading: 'reverse-path', cell: ({ reversePath }) => reversePath },
    { heading: 'from', cell: ({ headerFrom }) => headerFrom },
    { heading: 'subject', cell: ({ subject }) => subject },
    { heading: 'octets', cell: ({ sizeOctets }) => sizeOctets },
    { heading: 'listener', cell: ({ listener }) => listener },
    { heading: 'credential', cell: ({ credential }) => credential?.name ?? null },
    { heading: 'first forward-path', cell: ({ firstForwardPath }) => firstForwardPath },
    { heading: 'recipients', cell: ({ recipients }) => recipients.total },
    ...RECIPIENT_STATES.map((state) => ({
      heading: state,
      cell: ({ recipients }: MessageSummary) => recipients.states[state] ?? 0,
    })),
  ],
  read: (context, query) => findMessages(context, { query }),
});
