import type { SubmitterMail } from '@postern/administration';
import { instant, type Db } from './client.ts';

/** What a submitter uses and what was learned of it, as `reserve_submission` and the abuse guard count it. */
export function submitterUsage(db: Db): Pick<SubmitterMail, 'usageOf'> {
  return {
    async usageOf(id) {
      const [spans, sessions, [hour], [learned], [latest], networks] = await Promise.all([
        // The current slot of a span and the 100 before it count.
        db.$queryRaw<Span[]>`
          select span_seconds as span, sum(messages)::int as messages, sum(recipients)::int as recipients
          from submitter_usage where submitter_id = ${id}::uuid
            and slot >= floor(extract(epoch from now()) * 1000000)::bigint / (span_seconds::bigint * 10000) - 100
          group by 1`,
        db.$queryRaw<{ readonly open: number }[]>`
          select coalesce(sum(sessions), 0)::int as open from submitter_sessions
          where submitter_id = ${id}::uuid and until > now()`,
        db.$queryRaw<Hour[]>`
          select messages, recipients, new_domains as "newDomains", from_new_network as "fromNewNetwork"
          from submitter_hours where submitter_id = ${id}::uuid and hour = date_trunc('hour', now())`,
        db.$queryRaw<Learned[]>`
          select count(*)::int as hours, coalesce(max(recipients), 0) as "mostRecipients",
            coalesce(max(new_domains), 0) as "mostNewDomains"
          from submitter_hours where submitter_id = ${id}::uuid
            and hour < date_trunc('hour', now()) and hour > date_trunc('hour', now()) - interval '28 days'`,
        db.$queryRaw<Latest[]>`
          select count(*) filter (where r.state in ('delivered', 'bounced'))::int as ended,
            count(*) filter (where r.state = 'bounced')::int as bounced
          from (
            (select id from messages where credential_id = ${id}::uuid order by id desc limit ${LATEST})
            union all (select id from messages where network_id = ${id}::uuid order by id desc limit ${LATEST})
          ) m
          join recipients r on r.message_id = m.id`,
        db.submitterNetwork.findMany({ where: { submitterId: id }, orderBy: { lastAt: 'desc' }, take: NETWORKS_SHOWN }),
      ]);
      const used = (span: number, what: 'messages' | 'recipients') =>
        spans.find((each) => each.span === span)?.[what] ?? 0;
      return {
        used: {
          messagesPerMinute: used(60, 'messages'),
          messagesPerHour: used(3_600, 'messages'),
          messagesPerDay: used(86_400, 'messages'),
          recipientsPerMinute: used(60, 'recipients'),
          recipientsPerHour: used(3_600, 'recipients'),
          recipientsPerDay: used(86_400, 'recipients'),
          maxSessions: sessions[0]?.open ?? 0,
        },
        hour: hour ?? { messages: 0, recipients: 0, newDomains: 0, fromNewNetwork: 0 },
        learned: learned ?? { hours: 0, mostRecipients: 0, mostNewDomains: 0 },
        latest: latest ?? { ended: 0, bounced: 0 },
        networks: networks.map(({ network, firstAt, lastAt }) => ({
          network,
          firstAt: instant(firstAt),
          lastAt: instant(lastAt),
        })),
      };
    },
  };
}

/** Messages that the share of bounces is told of. */
const LATEST = 500;
const NETWORKS_SHOWN = 20;

interface Span {
  readonly span: number;
  readonly messages: number;
  readonly recipients: number;
}

interface Hour {
  readonly messages: number;
  readonly recipients: number;
  readonly newDomains: number;
  readonly fromNewNetwork: number;
}

interface Learned {
  readonly hours: number;
  readonly mostRecipients: number;
  readonly mostNewDomains: number;
}

interface Latest {
  readonly ended: number;
  readonly bounced: number;
}
