import { ROUTES, type Account } from '@postern/admin-contract';
import { listAccounts } from '../account/list-accounts.ts';
import { csvExport } from './csv-export.ts';

/** Accounts as CSV: who may sign in, as what, and by what. */
export const exportAccounts = csvExport(ROUTES.exportAccounts, {
  columns: [
    { heading: 'id', cell: ({ id }: Account) => id },
    { heading: 'address', cell: ({ email }) => email },
    { heading: 'name', cell: ({ name }) => name },
    { heading: 'role', cell: ({ role }) => role },
    { heading: 'made at', cell: ({ createdAt }) => createdAt },
    { heading: 'last sign-in at', cell: ({ lastSignInAt }) => lastSignInAt },
    { heading: 'sessions', cell: ({ sessions }) => sessions },
    { heading: 'authenticator app', cell: ({ authenticatorApp }) => authenticatorApp },
    { heading: 'passkeys', cell: ({ passkeys }) => passkeys },
    { heading: 'single sign-on', cell: ({ singleSignOn }) => singleSignOn },
  ],
  read: (context, query) => listAccounts(context, { query }),
});
