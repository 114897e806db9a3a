import { ROUTES, type Invitation } from '@postern/admin-contract';
import { listInvitations } from '../account/list-invitations.ts';
import { csvExport } from './csv-export.ts';

/** Invitations as CSV, and what became of each; without its link. */
export const exportInvitations = csvExport(ROUTES.exportInvitations, {
  columns: [
    { heading: 'id', cell: ({ id }: Invitation) => id },
    { heading: 'address', cell: ({ email }) => email },
    { heading: 'name', cell: ({ name }) => name },
    { heading: 'role', cell: ({ role }) => role },
    { heading: 'state', cell: ({ state }) => state },
    { heading: 'by', cell: ({ createdBy }) => createdBy },
    { heading: 'made at', cell: ({ createdAt }) => createdAt },
    { heading: 'ends at', cell: ({ expiresAt }) => expiresAt },
  ],
  read: (context, query) => listInvitations(context, { query }),
});
