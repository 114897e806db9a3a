import { ROUTES, type Credential } from '@postern/admin-contract';
import { listCredentials } from '../credential/list-credentials.ts';
import { csvExport } from './csv-export.ts';

/** Submission credentials as CSV: who may send as whom, from where, and when it was last used. */
export const exportCredentials = csvExport(ROUTES.exportCredentials, {
  columns: [
    { heading: 'id', cell: ({ id }: Credential) => id },
    { heading: 'name', cell: ({ name }) => name },
    { heading: 'state', cell: ({ state }) => state },
    { heading: 'sender rules', cell: ({ senderRules }) => senderRules.join(' ') },
    { heading: 'networks', cell: ({ networks }) => networks.join(' ') },
    { heading: 'created at', cell: ({ createdAt }) => createdAt },
    { heading: 'expires at', cell: ({ expiresAt }) => expiresAt },
    { heading: 'last used at', cell: ({ lastUsedAt }) => lastUsedAt },
    { heading: 'last used from', cell: ({ lastUsedFrom }) => lastUsedFrom },
  ],
  read: (context, query) => listCredentials(context, { query }),
});
