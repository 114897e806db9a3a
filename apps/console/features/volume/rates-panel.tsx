import { CircleAlert, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { Volume } from '@postern/admin-contract';
import { formatCount, formatCountOf, formatShare, Meter, Panel, Sparkline, TonedWord } from '@postern/console-ui';

/** The shares of what ended or was attempted, each against its thresholds, told by word, shape and colour. */
export function RatesPanel({ volume }: { readonly volume: Volume }) {
  const { total, thresholds, points } = volume;
  const ended = total.delivered + total.bounced + total.expired;
  const tried = ended + total.deferred;
  return (
    <Panel
      title="Rates"
      aside={
        <span className="text-xs text-ink-soft">of {formatCountOf(ended, 'recipient', 'recipients')} that ended</span>
      }
    >
      <div className="grid grid-cols-1 sm:grid-cols-2 xl:grid-cols-4">
        <Rate
          least={thresholds.least}
          word="delivered"
          of={ended}
          count={total.delivered}
          thresholds={thresholds.delivered}
          trend={points.map((each) => each.delivered)}
          href="/messages?q=state%3Adelivered"
        />
        <Rate
          least={thresholds.least}
          word="deferred"
          of={tried}
          count={total.deferred}
          says="of all attempts"
          thresholds={thresholds.deferred}
          trend={points.map((each) => each.deferred)}
          href="/messages?q=state%3Adeferred"
        />
        <Rate
          least={thresholds.least}
          word="bounced or expired"
          of={ended}
          count={total.bounced + total.expired}
          thresholds={thresholds.bounced}
          trend={points.map((each) => each.bounced + each.expired)}
          href="/messages?q=state%3Abounced"
        />
        <Rate
          least={thresholds.least}
          word="complained"
          of={ended}
          count={total.complained}
          thresholds={thresholds.complained}
          trend={points.map((each) => each.complained)}
          href="/events"
        />
      </div>
    </Panel>
  );
}

function Rate(props: {
  readonly word: string;
  readonly count: number;
  readonly of: number;
  readonly least: number;
  readonly says?: string;
  readonly thresholds: Volume['thresholds']['bounced'];
  readonly trend: readonly number[];
  readonly href: string;
}) {
  const { thresholds, count, of } = props;
  const { warning, critical } = thresholds;
  const share = of === 0 ? 0 : count / of;
  const rises = critical > warning;
  const level = of < props.least ? 'unsaid' : levelOf(share, thresholds);
  const { tone } = LEVELS[level];
  const side = rises ? 'at' : 'below';
  return (
    <div className="relative border-line p-4 max-sm:border-b max-sm:last:border-b-0 sm:border-r sm:last:border-r-0 sm:max-xl:border-b">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-end gap-3">
        <p>
          <span className="block text-xl font-semibold tracking-tight tabular-nums">{formatShare(share)}</span>
          <Link href={props.href} prefetch={false} className="text-xs text-ink-soft after:absolute after:inset-0">
            {props.word}
          </Link>
        </p>
        <Sparkline values={props.trend} tone={tone} />
      </div>
      <div className="mt-2">
        <Meter
          label={`Share ${props.word}`}
          share={share}
          top={rises ? Math.min(1, critical * 1.5) : 1}
          tone={tone}
          lines={[
            { at: warning, tone: 'wait' },
            { at: critical, tone: 'bad' },
          ]}
        />
      </div>
      <p className="mt-1 text-2xs text-ink-soft tabular-nums">
        {(level === 'warning' || level === 'critical') && (
          <>
            <TonedWord {...LEVELS[level]} word={level} />{' '}
          </>
        )}
        {formatCount(count)} {props.says} · warning {side} {formatShare(warning)}, critical {side}{' '}
        {formatShare(critical)}
        {level === 'unsaid' && of > 0 && ` · too few to say`}
      </p>
    </div>
  );
}

const LEVELS = {
  good: { tone: 'good' },
  unsaid: { tone: 'idle' },
  warning: { tone: 'wait', icon: TriangleAlert },
  critical: { tone: 'bad', icon: CircleAlert },
} as const;

/** Beyond which of its thresholds a share is: above them where they rise, below them where they fall. */
function levelOf(share: number, { warning, critical }: Volume['thresholds']['bounced']): keyof typeof LEVELS {
  const beyond = (line: number) => (critical > warning ? share >= line : share <= line);
  if (beyond(critical)) return 'critical';
  return beyond(warning) ? 'warning' : 'good';
}
