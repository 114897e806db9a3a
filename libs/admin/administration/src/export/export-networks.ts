import { ROUTES, type Network } from '@postern/admin-contract';
import { listNetworks } from '../network/list-networks.ts';
import { csvExport } from './csv-export.ts';

/** Listed networks as CSV: whose hosts may send as whom, and when they last did. */
export const exportNetworks = csvExport(ROUTES.exportNetworks, {
  columns: [
    { heading: 'id', cell: ({ id }: Network) => id },
    { heading: 'network', cell: ({ cidr }) => cidr },
    { heading: 'sender rules', cell: ({ senderRules }) => senderRules.join(' ') },
    { heading: 'rewritten to', cell: ({ rewriteFrom }) => rewriteFrom },
    { heading: 'owner', cell: ({ owner }) => owner },
    { heading: 'tag', cell: ({ tag }) => tag },
    { heading: 'note', cell: ({ note }) => note },
    { heading: 'listed at', cell: ({ createdAt }) => createdAt },
    { heading: 'held since', cell: ({ guard }) => guard.heldSince },
    { heading: 'last used at', cell: ({ lastUsedAt }) => lastUsedAt },
    { heading: 'last used from', cell: ({ lastUsedFrom }) => lastUsedFrom },
  ],
  read: (context, query) => listNetworks(context, { query }),
});
