import type { Suspension, SuspensionChanges, SuspensionReads } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { SQL_ORDER } from './order.ts';

interface Row {
  readonly id: string | null;
  readonly scope: Suspension['scope'];
  readonly subject: string;
  readonly name: string;
  readonly since: Date;
  readonly until: Date | null;
  readonly by: string;
  readonly reason: string | null;
}

/** The end of what has none: what waits for it has to be due at some time. */
const FOR_GOOD = new Date('9000-01-01T00:00:00Z');

const COLUMNS = Prisma.sql`
  id::text, scope::text, case scope when 'credential' then name else subject end as subject, name, since,
  case when until < ${FOR_GOOD} then until end as until, "by", reason`;

/** Where one stands among the others: the contract's instants have milliseconds, the columns microseconds. */
const SINCE = Prisma.sql`date_trunc('milliseconds', since)`;
const ID = Prisma.sql`coalesce(id, subject)`;

/** Suspensions, read. */
export function suspensionReads(db: Db): SuspensionReads {
  return {
    async listSuspensions({ after, limit, order, scope }) {
      const { behind, direction } = SQL_ORDER[order];
      const conditions = [
        Prisma.sql`true`,
        ...(scope ? [Prisma.sql`scope = ${scope}`] : []),
        ...(after ? [Prisma.sql`(${SINCE}, ${ID}) ${behind} (${after.since}::timestamptz, ${after.id})`] : []),
      ];
      const rows = await db.$queryRaw<Row[]>`
        select * from (
          select ${COLUMNS} from suspensions where until > now() and lifted_at is null
          union all
          select null, 'queue', id::text, name, suspended_at, suspended_until, coalesce(suspended_by, 'unknown'), suspended_reason
          from delivery_queues where suspended_at is not null and (suspended_until is null or suspended_until > now())
        ) each_one where ${Prisma.join(conditions, ' and ')}
        order by ${SINCE} ${direction}, ${ID} ${direction} limit ${limit}`;
      return rows.map(viewOf);
    },
  };
}

/** Suspensions, commanded. */
export function suspensionChanges(db: Db): SuspensionChanges {
  return {
    async addSuspension({ scope, subject, name, until, by, reason }) {
      await db.$executeRaw`
        update suspensions set lifted_at = now()
        where scope = ${scope}::suspension_scope and subject = ${subject} and until <= now() and lifted_at is null`;
      // Its end is like no other's, to the microsecond: what waits for it is told by it.
      const [row] = await db.$queryRaw<Row[]>`
        insert into suspensions (id, scope, subject, name, until, "by", reason)
        values (${newId()}::uuid, ${scope}::suspension_scope, ${subject}, ${name},
          date_trunc('second', ${until ?? FOR_GOOD}::timestamptz) + floor(random() * 1000000) * interval '1 microsecond',
          ${by}, ${reason ?? null})
        on conflict do nothing returning ${COLUMNS}`;
      return row && viewOf(row);
    },
    async liftSuspension(id) {
      const [row] = await db.$queryRaw<Row[]>`
        update suspensions set lifted_at = now()
        where id = ${id}::uuid and until > now() and lifted_at is null returning ${COLUMNS}`;
      return row && viewOf(row);
    },
  };
}

function viewOf({ since, until, ...row }: Row): Suspension {
  return { ...row, since: instant(since), until: instantOrNull(until) };
}
