import Link from 'next/link';
import type { QueueDetail } from '@postern/admin-contract';
import { Age, buttonLook, Callout, Fact, Facts, Instant, OutsideText, Panel, StateCounts } from '@postern/console-ui';
import { replyHead, replyTone, replyWords } from '../message/reply.tsx';

/** What waits for a route, and what the last attempt heard. */
export function RouteQueue({ queue }: { readonly queue: QueueDetail }) {
  const { suspended, lastAttempt } = queue;
  return (
    <Panel
      title="Its queue"
      aside={
        <Link href={`/queues/${queue.id}`} prefetch={false} className={buttonLook('plain')}>
          Open it
        </Link>
      }
    >
      {suspended && (
        <Callout tone="wait" title="Suspended: nothing is sent this way" className="m-3 mb-0">
          by <OutsideText text={suspended.by} />
          {suspended.until && (
            <>
              {' '}
              until <Instant at={suspended.until} />
            </>
          )}
          {suspended.reason && (
            <>
              : <OutsideText text={suspended.reason} />
            </>
          )}
        </Callout>
      )}
      <Facts className="grid-cols-1 sm:grid-cols-2">
        <Fact name="Waits here">
          <StateCounts counts={queue.counts} none="nothing" />
        </Fact>
        <Fact name="Oldest waits for">
          {queue.oldestAcceptedAt ? <Age since={queue.oldestAcceptedAt} /> : 'nothing waits'}
        </Fact>
        <Fact name="Last attempt" wide>
          {lastAttempt ? (
            <>
              {lastAttempt.outcome}, <Instant at={lastAttempt.at} />
              {lastAttempt.host && (
                <>
                  {' '}
                  at <OutsideText text={lastAttempt.host} />
                </>
              )}
              :{' '}
              <span className={`font-mono font-medium ${replyTone(lastAttempt.reply.code)}`}>
                {replyHead(lastAttempt.reply)}
              </span>{' '}
              <OutsideText text={replyWords(lastAttempt.reply)} />
            </>
          ) : (
            'none yet'
          )}
        </Fact>
      </Facts>
    </Panel>
  );
}
