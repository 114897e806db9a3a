import Link from 'next/link';
import type { Volume } from '@postern/admin-contract';
import { formatCount, formatCountOf, formatShare, Meter, Panel, Sparkline, type Tone } from '@postern/console-ui';

/** The shares of what ended or was attempted, each against the thresholds from which on events are raised. */
export function RatesPanel({ volume }: { readonly volume: Volume }) {
  const { total, thresholds, points } = volume;
  const ended = total.delivered + total.bounced + total.expired;
  const tried = ended + total.deferred;
  const share = (part: number, of: number) => (of === 0 ? 0 : part / of);
  const failed = share(total.bounced + total.expired, ended);
  const complained = share(total.complained, ended);
  return (
    <Panel
      title="Rates"
      aside={
        <span className="text-xs text-ink-soft">of {formatCountOf(ended, 'recipient', 'recipients')} that ended</span>
      }
    >
      <div className="grid grid-cols-1 sm:grid-cols-2 xl:grid-cols-4">
        <Rate
          word="delivered"
          tone="good"
          share={share(total.delivered, ended)}
          count={total.delivered}
          trend={points.map((each) => each.delivered)}
          href="/messages?q=state%3Adelivered"
        />
        <Rate
          word="deferred"
          tone="wait"
          share={share(total.deferred, tried)}
          count={total.deferred}
          says="of all attempts"
          trend={points.map((each) => each.deferred)}
          href="/messages?q=state%3Adeferred"
        />
        <Rate
          word="bounced or expired"
          tone={toneOf(failed, thresholds.bounced)}
          share={failed}
          count={total.bounced + total.expired}
          thresholds={thresholds.bounced}
          trend={points.map((each) => each.bounced + each.expired)}
          href="/messages?q=state%3Abounced"
        />
        <Rate
          word="complained"
          tone={toneOf(complained, thresholds.complained)}
          share={complained}
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
  readonly tone: Tone;
  readonly share: number;
  readonly count: number;
  readonly says?: string;
  readonly thresholds?: Volume['thresholds']['bounced'];
  readonly trend: readonly number[];
  readonly href: string;
}) {
  const { thresholds } = props;
  return (
    <div className="relative border-line p-4 max-sm:border-b max-sm:last:border-b-0 sm:border-r sm:last:border-r-0 sm:max-xl:border-b">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-end gap-3">
        <p>
          <span className="block text-xl font-semibold tracking-tight tabular-nums">{formatShare(props.share)}</span>
          <Link href={props.href} prefetch={false} className="text-xs text-ink-soft after:absolute after:inset-0">
            {props.word}
          </Link>
        </p>
        <Sparkline values={props.trend} tone={props.tone} />
      </div>
      <div className="mt-2">
        <Meter
          label={`Share ${props.word}`}
          share={props.share}
          top={thresholds ? thresholds.critical * 1.5 : 1}
          tone={props.tone}
          lines={
            thresholds
              ? [
                  { at: thresholds.warning, tone: 'wait' },
                  { at: thresholds.critical, tone: 'bad' },
                ]
              : []
          }
        />
      </div>
      <p className="mt-1 text-2xs text-ink-soft tabular-nums">
        {formatCount(props.count)} {props.says}
        {thresholds &&
          ` · warning at ${formatShare(thresholds.warning)}, critical at ${formatShare(thresholds.critical)}`}
      </p>
    </div>
  );
}

function toneOf(share: number, { warning, critical }: Volume['thresholds']['bounced']): Tone {
  if (share >= critical) return 'bad';
  return share >= warning ? 'wait' : 'good';
}
