import { type RetrySchedule, startsAt } from '@postern/queue';
import type { Decision, DueMessage, DueRecipient } from './bounce-store.ts';
import { composeDsn } from './compose-dsn.ts';
import { addressVerdict } from './suppression-rules.ts';

/** What deciding needs to know. */
export interface ReportContext {
  readonly hostname: string;
  readonly now: Date;
  readonly schedule: Pick<RetrySchedule, 'giveUpAfterMs'>;
}

/** How long a DSN waits for the other recipients of its message, so that one tells of all of them. */
const GATHER_MS = 30_000;
const LOOK_AGAIN_MS = 2_000;

const EVENTS = ['failed', 'returned', 'delayed', 'succeeded'] as const;
const WANTED = { failed: 'FAILURE', returned: 'FAILURE', delayed: 'DELAY', succeeded: 'SUCCESS' } as const;

/**
 * What is done about a message: one DSN for each event, whatever the number of recipients, and what the replies prove about
 * addresses.
 *
 * RFC 5321 §6.1, RFC 3461 §5: none about a message with the null reverse-path, which every DSN of ours has, so no DSN
 * is ever about a DSN.
 */
export function decide(due: DueMessage, context: ReportContext): Decision {
  const oldest = Math.min(
    ...due.recipients.filter(({ event }) => event === 'failed').map(({ since }) => since.getTime()),
  );
  const isFull = due.recipients.length >= 1_000;
  const isYoung = Number.isFinite(oldest) && context.now.getTime() - oldest < GATHER_MS;
  if (due.unsettled > 0 && isYoung && !isFull) return { kind: 'wait', forMs: LOOK_AGAIN_MS };
  const verdicts = due.recipients.flatMap((recipient) => addressVerdict(due, recipient) ?? []);
  const to = due.dsnTo === 'reverse-path' ? due.reversePath : due.dsnTo;
  if (due.reversePath === '' || to === 'off') return { kind: 'done', dsns: [], verdicts };
  const dsns = EVENTS.flatMap((event) => {
    const recipients = due.recipients.filter((recipient) => recipient.event === event && isWanted(recipient));
    if (recipients.length === 0) return [];
    const retryUntil =
      event === 'delayed' ? new Date(startsAt(due).getTime() + context.schedule.giveUpAfterMs) : undefined;
    return composeDsn(due, recipients, { ...context, event, to, retryUntil }) ?? [];
  });
  return { kind: 'done', dsns, verdicts };
}

/** RFC 3461 §4.1: without NOTIFY, failures and delays are told. */
function isWanted({ event, notify, state }: DueRecipient): boolean {
  if (event === 'delayed' && !['queued', 'sending', 'deferred', 'held'].includes(state)) return false;
  return notify ? notify.includes(WANTED[event]) : event !== 'succeeded';
}
