import { ROUTES, type Source } from '@postern/admin-contract';
import { listSources } from '../source/list-sources.ts';
import { csvExport } from './csv-export.ts';

/** Sources as CSV, with what each may send to a site today. */
export const exportSources = csvExport(ROUTES.exportSources, {
  columns: [
    { heading: 'id', cell: ({ id }: Source) => id },
    { heading: 'name', cell: ({ name }) => name },
    { heading: 'pool', cell: ({ pool }) => pool },
    { heading: 'addresses', cell: ({ addresses }) => addresses.join(' ') },
    { heading: 'ehlo name', cell: ({ ehloName }) => ehloName },
    { heading: 'weight', cell: ({ weight }) => weight },
    { heading: 'to each site today', cell: ({ todayPerSite }) => todayPerSite },
    { heading: 'not plumbed at', cell: ({ missing }) => missing.map(({ machine }) => machine).join(' ') },
    { heading: 'added at', cell: ({ createdAt }) => createdAt },
  ],
  read: (context, query) => listSources(context, { query }),
});
