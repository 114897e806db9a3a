import { ROUTES, type SendingDomain } from '@postern/admin-contract';
import { listDomains } from '../sending-domain/list-domains.ts';
import { csvExport } from './csv-export.ts';

/** Sending domains as CSV, with what signs and what the last check found. */
export const exportDomains = csvExport(ROUTES.exportDomains, {
  columns: [
    { heading: 'id', cell: ({ id }: SendingDomain) => id },
    { heading: 'name', cell: ({ name }) => name },
    {
      heading: 'keys that sign',
      cell: ({ keys }) =>
        keys
          .filter(({ state }) => state === 'active')
          .map(({ selector }) => selector)
          .join(' '),
    },
    { heading: 'rotated after days', cell: ({ rotateDays }) => rotateDays },
    { heading: 'delegated to', cell: ({ delegatedTo }) => delegatedTo },
    { heading: 'added at', cell: ({ createdAt }) => createdAt },
    { heading: 'found', cell: ({ check }) => check?.status ?? null },
    { heading: 'checked at', cell: ({ check }) => check?.checkedAt ?? null },
  ],
  read: (context, query) => listDomains(context, { query }),
});
