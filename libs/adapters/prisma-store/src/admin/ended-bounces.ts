import type { BounceReads, EndedBounce } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { and, lowestId } from './conditions.ts';

type Read = BounceReads['endedBounces'];

/** How many recipients one statement looks at, where not all of them are asked for. */
const WINDOW = 10_000;

/**
 * Recipients that bounced or expired, along the index of what was put aside, those of the youngest messages first, with the
 * attempt that ended each. A filter that leaves few is asked of one window after the other; where it stopped is told.
 */
export async function endedBounces(
  db: Db,
  { after, limit }: Parameters<Read>[0],
  filter: Parameters<Read>[1],
): ReturnType<Read> {
  const conditions = conditionsOf(filter);
  const most = conditions.length === 0 ? limit : WINDOW;
  const bounds = [
    ...(after ? [Prisma.sql`(r.message_id, r.number) < (${after.messageId}::uuid, ${after.number}::int2)`] : []),
    // What was accepted later did not end before.
    ...(filter.until ? [Prisma.sql`r.message_id < ${lowestId(filter.until)}::uuid`] : []),
  ];
  const outcomes = filter.outcome ? [filter.outcome] : (['bounced', 'expired'] as const);
  const each = outcomes.map(
    (outcome) => Prisma.sql`(
      select r.message_id, r.number from recipients r
      where r.aside = ${outcome}::recipient_state and ${and(bounds)}
      order by r.message_id desc, r.number desc limit ${most})`,
  );
  const [found] = await db.$queryRaw<readonly [Found]>`
    with looked_at as materialized (
      select * from (${Prisma.join(each, ' union all ')}) e order by message_id desc, number desc limit ${most}
    )
    select (select count(*)::int from looked_at) as looked,
      (select jsonb_build_object('messageId', message_id, 'number', number) from looked_at
        order by message_id, number limit 1) as last,
      coalesce((select jsonb_agg(to_jsonb(b)) from (${detailsOf(conditions, limit)}) b), '[]') as items`;
  const items = found.items.map((item) => ({ ...item, at: instant(new Date(item.at)) }));
  const stopped = items.length < limit && found.looked === most && found.last !== null;
  return { items, searchedTo: stopped ? found.last : undefined };
}

interface Found {
  readonly looked: number;
  readonly last: Pick<EndedBounce, 'messageId' | 'number'> | null;
  readonly items: readonly EndedBounce[];
}

const detailsOf = (conditions: readonly Prisma.Sql[], limit: number) => Prisma.sql`
  select l.message_id as "messageId", l.number, r.ended_at as at, m.reverse_path as "reversePath", c.name as credential,
    q.name as site, a.source, r.state as outcome, r.forward_path as "forwardPath", r.bounce_class as class,
    coalesce(a.reply_code, r.last_code) as code, coalesce(a.reply_enhanced, r.last_enhanced) as enhanced,
    coalesce(a.reply_text, '') as text, a.host
  from looked_at l
  join recipients r on r.message_id = l.message_id and r.number = l.number
  join messages m on m.id = l.message_id
  join delivery_queues q on q.id = r.queue_id
  left join credentials c on c.id = m.credential_id
  left join lateral (
    select * from attempts a
    where a.message_id = l.message_id and a.number = l.number and a.outcome = r.state and not a.late
    order by a.started_at desc limit 1
  ) a on true
  where ${and(conditions)}
  order by l.message_id desc, l.number desc limit ${limit}`;

function conditionsOf(filter: Parameters<Read>[1]): readonly Prisma.Sql[] {
  const { since, until, credentialId, networkId, domain, queueId, class: told, source } = filter;
  return [
    since && Prisma.sql`r.ended_at >= ${since}`,
    until && Prisma.sql`r.ended_at <= ${until}`,
    credentialId === undefined ? undefined : Prisma.sql`m.credential_id = ${credentialId}::uuid`,
    networkId === undefined ? undefined : Prisma.sql`m.network_id = ${networkId}::uuid`,
    domain === undefined
      ? undefined
      : Prisma.sql`right(lower(m.reverse_path), ${domain.length + 1}::int) = ${`@${domain}`}`,
    queueId === undefined ? undefined : Prisma.sql`r.queue_id = ${queueId}::int`,
    told === undefined ? undefined : Prisma.sql`r.bounce_class = ${told}`,
    source === undefined ? undefined : Prisma.sql`coalesce(a.source, '') = ${source}`,
  ].filter((each) => each !== undefined);
}
