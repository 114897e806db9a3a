import { DEFAULT_RETRY_SCHEDULE, type QueueId, type RetryPlans, type RetrySchedule } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** The retry schedules as delivery needs them. */
export interface RetryStore {
  plans(): Promise<RetryPlans>;
}

export function retryStore(pool: Pool): RetryStore {
  return {
    async plans() {
      const rows = await run<Row>(pool, PLANS, []);
      const byQueue = new Map<QueueId, RetrySchedule>();
      const byCredential = new Map<string, RetrySchedule>();
      let everything: RetrySchedule | undefined;
      for (const [queueId, credentialId, delays, giveUpSeconds, noticeSeconds] of rows) {
        const schedule: RetrySchedule = {
          delaysMs: (JSON.parse(delays) as number[]).map((seconds) => seconds * 1_000),
          giveUpAfterMs: giveUpSeconds * 1_000,
          jitter: DEFAULT_RETRY_SCHEDULE.jitter,
          strict: credentialId !== null,
          ...(noticeSeconds === null ? {} : { delayNoticeMs: noticeSeconds * 1_000 }),
        };
        if (credentialId !== null) byCredential.set(credentialId, schedule);
        else if (queueId !== null) byQueue.set(queueId, schedule);
        else everything = schedule;
      }
      return { everything, byQueue, byCredential };
    },
  };
}

type Row = readonly [
  queueId: number | null,
  credentialId: string | null,
  delays: string,
  giveUpSeconds: number,
  noticeSeconds: number | null,
];

/** A row for everything, for each queue and for each credential that a plan is for. */
const PLANS: Statement = {
  name: 'retry-plans',
  text: `
    select q.id, null::text, array_to_json(p.delays_seconds)::text, p.give_up_seconds, p.delay_notice_seconds
    from retry_plans p left join delivery_queues q on q.kind::text = p.scope::text and q.name = p.subject
    where p.scope = 'default' or q.id is not null
    union all
    select null, c.id::text, array_to_json(p.delays_seconds)::text, p.give_up_seconds, p.delay_notice_seconds
    from retry_plans p join credentials c on lower(c.tag) = p.subject where p.scope = 'tag'`,
};
