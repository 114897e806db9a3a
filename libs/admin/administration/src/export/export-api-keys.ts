import { ROUTES, type ApiKey } from '@postern/admin-contract';
import { listApiKeys } from '../api-key/list-api-keys.ts';
import { csvExport } from './csv-export.ts';

/** API keys as CSV, with what each may do; without its text. */
export const exportApiKeys = csvExport(ROUTES.exportApiKeys, {
  columns: [
    { heading: 'id', cell: ({ id }: ApiKey) => id },
    { heading: 'name', cell: ({ name }) => name },
    { heading: 'state', cell: ({ state }) => state },
    { heading: 'permissions', cell: ({ permissions }) => permissions.join(' ') },
    { heading: 'by', cell: ({ createdBy }) => createdBy },
    { heading: 'made at', cell: ({ createdAt }) => createdAt },
    { heading: 'expires at', cell: ({ expiresAt }) => expiresAt },
    { heading: 'last used at', cell: ({ lastUsedAt }) => lastUsedAt },
    { heading: 'last used from', cell: ({ lastUsedFrom }) => lastUsedFrom },
  ],
  read: (context, query) => listApiKeys(context, { query }),
});
