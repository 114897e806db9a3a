import type { BounceReads, ReturnedReport } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import { type Db, instant } from './client.ts';
import { SQL_ORDER } from './order.ts';

type Read = BounceReads['listReturnedReports'];

/** Reports by their id, each with the recipient that it is tied to. */
export async function listReturnedReports(
  db: Db,
  { after, limit, order }: Parameters<Read>[0],
  { message, kind, effect }: Parameters<Read>[1],
): ReturnType<Read> {
  const filters = [
    after === undefined ? undefined : Prisma.sql`k.id ${SQL_ORDER[order].behind} ${after}::uuid`,
    message === undefined ? undefined : Prisma.sql`k.message_id = ${message}::uuid`,
    kind === undefined ? undefined : Prisma.sql`k.kind = ${kind}`,
    effect === undefined ? undefined : Prisma.sql`k.effect = ${effect}`,
  ].filter((each) => each !== undefined);
  const rows = await db.$queryRaw<Row[]>`
    select k.*, r.forward_path from returned_reports k
    left join recipients r on r.message_id = k.message_id and r.number = k.number
    where ${Prisma.join([Prisma.sql`true`, ...filters], ' and ')} order by k.id ${SQL_ORDER[order].direction} limit ${limit}`;
  return rows.map((row) => ({
    id: row.id,
    receivedAt: instant(row.received_at),
    messageId: row.message_id,
    recipient: row.forward_path,
    kind: KINDS.find((each) => each === row.kind) ?? 'other',
    named: row.named,
    action: row.action,
    status: row.status,
    diagnostic: row.diagnostic,
    feedbackType: row.feedback_type,
    class: row.class,
    reportingMta: row.reporting_mta,
    clientAddress: row.client_address,
    effect: EFFECTS.find((each) => each === row.effect) ?? 'none',
  }));
}

const KINDS = ['dsn', 'feedback'] as const satisfies readonly ReturnedReport['kind'][];
const EFFECTS = ['told', 'counted', 'suppressed', 'repeated'] as const satisfies readonly ReturnedReport['effect'][];

interface Row {
  readonly id: string;
  readonly received_at: Date;
  readonly message_id: string;
  readonly forward_path: string | null;
  readonly kind: string;
  readonly named: string | null;
  readonly action: string | null;
  readonly status: string | null;
  readonly diagnostic: string | null;
  readonly feedback_type: string | null;
  readonly class: string | null;
  readonly reporting_mta: string | null;
  readonly client_address: string;
  readonly effect: string;
}
