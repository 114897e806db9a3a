import { ROUTES, type AuditRecord } from '@postern/admin-contract';
import { listAudit } from '../audit/list-audit.ts';
import { csvExport } from './csv-export.ts';

/** The audit as CSV. */
export const exportAudit = csvExport(ROUTES.exportAudit, {
  columns: [
    { heading: 'id', cell: ({ id }: AuditRecord) => id },
    { heading: 'at', cell: ({ at }) => at },
    { heading: 'actor kind', cell: ({ actor }) => actor.kind },
    { heading: 'actor', cell: ({ actor }) => actor.name },
    { heading: 'from', cell: ({ actor }) => actor.address },
    { heading: 'action', cell: ({ action }) => action },
    { heading: 'subject id', cell: ({ subject }) => subject.id },
    { heading: 'subject', cell: ({ subject }) => subject.name },
    { heading: 'reason', cell: ({ reason }) => reason },
    { heading: 'facts', cell: ({ facts }) => JSON.stringify(facts) },
  ],
  read: (context, query) => listAudit(context, { query }),
});
