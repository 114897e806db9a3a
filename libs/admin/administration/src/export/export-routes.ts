import { ROUTES, type MailRoute } from '@postern/admin-contract';
import { listRoutes } from '../route/list-routes.ts';
import { csvExport } from './csv-export.ts';

/** Routes as CSV, with what each takes and where it goes; without what signs in there. */
export const exportRoutes = csvExport(ROUTES.exportRoutes, {
  columns: [
    { heading: 'id', cell: ({ id }: MailRoute) => id },
    { heading: 'position', cell: ({ position }) => position },
    { heading: 'name', cell: ({ name }) => name },
    { heading: 'kind', cell: ({ kind }) => kind },
    {
      heading: 'hosts',
      cell: ({ host, port, moreHosts }) =>
        [{ host, port }, ...moreHosts].map((each) => `${each.host}:${each.port}`).join(' '),
    },
    { heading: 'tls', cell: ({ tls }) => tls },
    { heading: 'domains', cell: ({ domains }) => domains.join(' ') },
    { heading: 'sender rules', cell: ({ senderRules }) => senderRules.join(' ') },
    { heading: 'tags', cell: ({ tags }) => tags.join(' ') },
  ],
  read: (context, query) => listRoutes(context, { query }),
});
