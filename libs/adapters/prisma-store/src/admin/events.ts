import type { Event, EventChanges, EventReads } from '@postern/administration';
import type { Event as Row } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { behind, DIRECTION } from './order.ts';

/** Events, read. */
export function eventReads(db: Db): EventReads {
  return {
    async listEvents({ state, subjectId, severity, kind, order, after, limit }) {
      const resolvedAt = { open: null, resolved: { not: null }, all: undefined }[state];
      const where = {
        ...(resolvedAt === undefined ? {} : { resolvedAt }),
        ...(subjectId === undefined ? {} : { subjectId }),
        ...(severity === undefined ? {} : { severity }),
        ...(kind === undefined ? {} : { kind: kind.includes('.') ? kind : { startsWith: `${kind}.` } }),
        id: behind(order, after === undefined ? undefined : BigInt(after)),
      };
      return (await db.event.findMany({ where, orderBy: { id: DIRECTION[order] }, take: limit })).map(viewOf);
    },
    async findEvent(id) {
      const row = await db.event.findUnique({ where: { id: BigInt(id) } });
      return row ? viewOf(row) : undefined;
    },
  };
}

/** Events, changed. */
export function eventChanges(db: Db): EventChanges {
  return {
    async raiseEvent({ kind, severity, subject, text, facts }) {
      await db.$executeRaw`
        insert into events as e (kind, severity, subject_kind, subject_id, subject_name, text, facts)
        values (${kind}, ${severity}::event_severity, ${subject.kind}, ${subject.id}, ${subject.name}, ${text},
          ${JSON.stringify(facts)}::jsonb)
        on conflict (kind, subject_id) where resolved_at is null
        do update set last_at = now(), times = e.times + 1, text = excluded.text, facts = excluded.facts`;
    },
    async resolveEvent(id, by) {
      const [row] = await db.event.updateManyAndReturn({
        where: { id: BigInt(id), resolvedAt: null },
        data: { resolvedAt: new Date(), resolvedBy: by },
      });
      return row && viewOf(row);
    },
    async resolveEventsOf({ kind, subjectId, by }) {
      const data = { resolvedAt: new Date(), resolvedBy: by };
      await db.event.updateMany({ where: { kind, subjectId, resolvedAt: null }, data });
    },
  };
}

function viewOf(row: Row): Event {
  const { id, kind, severity, subjectKind, subjectId, subjectName, text, facts, times, resolvedBy } = row;
  return {
    id: id.toString(),
    kind,
    severity,
    subject: { kind: subjectKind, id: subjectId, name: subjectName },
    text,
    facts: typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? facts : {},
    at: instant(row.at),
    lastAt: instant(row.lastAt),
    times,
    resolvedAt: instantOrNull(row.resolvedAt),
    resolvedBy,
  };
}
