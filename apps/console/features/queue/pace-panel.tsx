import type { PaceCause, QueuePace } from '@postern/admin-contract';
import { Due, Fact, Facts, formatCount, Instant, OutsideText, Panel } from '@postern/console-ui';
import { replyHead, replyTone, replyWords } from '../message/reply.tsx';

const fine = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** How fast a queue sends, against its limits; the reply that made it so, and when it will be lifted. */
export function PacePanel({ pace }: { readonly pace: QueuePace }) {
  const { lanes, rate, rest } = pace;
  return (
    <Panel title="Pace" aside={pace.provider && <span className="text-xs text-ink-soft">{pace.provider}</span>}>
      <Facts className="grid-cols-1 sm:grid-cols-2 xl:grid-cols-1">
        <Fact name="Lanes">
          <span className="tabular-nums">
            {formatCount(lanes.running)} of {formatCount(lanes.now)} run
          </span>
          <span className="text-ink-soft tabular-nums">
            {' '}
            · {formatCount(lanes.least)} to {formatCount(lanes.most)} allowed
          </span>
          <LaneBar lanes={lanes} />
          {lanes.growsAt && (
            <p className="text-xs text-ink-soft">
              one more <Due at={lanes.growsAt} />
            </p>
          )}
          <Cause cause={lanes.cause} />
        </Fact>
        <Fact name="Rate">
          {rate.perMinute === null ? 'as fast as it goes' : `${fine.format(rate.perMinute)} messages a minute`}
          {rate.most !== null && <span className="text-ink-soft"> · at most {fine.format(rate.most)}</span>}
          {rate.liftedAt && (
            <p className="text-xs text-ink-soft">
              lifted <Due at={rate.liftedAt} />
            </p>
          )}
          <Cause cause={rate.cause} />
        </Fact>
        <Fact name="Rest">
          {rest ? (
            <>
              <span className="font-medium text-wait">
                nothing is sent; again <Due at={rest.until} />
              </span>
              <Cause cause={rest.cause} />
            </>
          ) : (
            'none'
          )}
          {pace.unanswered > 0 && (
            <p className="text-xs text-wait">
              {pace.unanswered === 1 ? 'At the last try' : `At the last ${formatCount(pace.unanswered)} tries`} nobody
              answered
            </p>
          )}
        </Fact>
      </Facts>
    </Panel>
  );
}

/** Lanes that run, that may, and that might, as one bar; the words beside it are the same. */
function LaneBar({ lanes }: { readonly lanes: QueuePace['lanes'] }) {
  const share = (count: number) => `${Math.min(100, (count / Math.max(1, lanes.most)) * 100)}%`;
  return (
    <svg aria-hidden className="my-1 block h-1.5 w-full overflow-hidden rounded-full">
      <rect width="100%" height="100%" className="fill-line" />
      <rect width={share(lanes.now)} height="100%" className="fill-accent/35" />
      <rect width={share(lanes.running)} height="100%" className="fill-accent" />
    </svg>
  );
}

/** The reply that made it so; or, where no host spoke, what was seen there. */
export function Cause({ cause }: { readonly cause: PaceCause | null }) {
  if (!cause) return null;
  return (
    <p className="mt-0.5 text-xs text-ink-soft" title={`by the rule ${cause.rule}`}>
      since <Instant at={cause.at} />
      {cause.host && (
        <>
          {' '}
          at <OutsideText text={cause.host} />
        </>
      )}
      :{' '}
      {cause.reply.from === 'remote' ? (
        <span className={`font-mono font-medium ${replyTone(cause.reply.code)}`}>{replyHead(cause.reply)}</span>
      ) : (
        'we saw'
      )}{' '}
      <OutsideText text={replyWords(cause.reply)} />
    </p>
  );
}
