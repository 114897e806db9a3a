import type { AuditReads, AuditRecord } from '@postern/administration';
import type { AuditEntry as Row, Prisma } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { behind, DIRECTION } from './order.ts';

/** The audit, read. */
export function auditReads(db: Db): AuditReads {
  return {
    async listAudit({ after, limit, order, actor, action, subject, since, until }) {
      const where: Prisma.AuditEntryWhereInput = {
        id: behind(order, after === undefined ? undefined : BigInt(after)),
        ...(actor === undefined ? {} : { actorName: actor }),
        ...(action === undefined ? {} : { action: action.includes('.') ? action : { startsWith: `${action}.` } }),
        ...(subject === undefined ? {} : { OR: [{ subjectId: subject }, { subjectName: subject }] }),
        at: { ...(since ? { gte: since } : {}), ...(until ? { lt: until } : {}) },
      };
      return (await db.auditEntry.findMany({ where, orderBy: { id: DIRECTION[order] }, take: limit })).map(viewOf);
    },
  };
}

function viewOf(row: Row): AuditRecord {
  return {
    id: String(row.id),
    at: instant(row.at),
    actor: { kind: row.actorKind, name: row.actorName, address: row.actorAddress },
    action: row.action,
    subject: { id: row.subjectId, name: row.subjectName },
    reason: row.reason,
    facts: row.facts !== null && typeof row.facts === 'object' && !Array.isArray(row.facts) ? row.facts : {},
  };
}
