'use client';

import type { BounceRate } from '@postern/admin-contract';
import {
  formatCount,
  formatShare,
  formatShort,
  Panel,
  TimeChart,
  TONE_TEXT,
  type Tone,
  useViewer,
} from '@postern/console-ui';

const OUTCOMES = [
  { key: 'delivered', tone: 'good' },
  { key: 'deferred', tone: 'wait' },
  { key: 'bounced', tone: 'bad' },
  { key: 'expired', tone: 'late' },
] as const satisfies readonly { key: keyof BounceRate; tone: Tone }[];

const HOURS = 24;
const HOUR_MS = 3_600_000;
const COUNTS = { tick: formatShort, value: formatCount };

/** How the attempts for its mail ended over the last day, hour by hour. */
export function RatesPanel({ rates }: { readonly rates: readonly BounceRate[] }) {
  const total = (key: (typeof OUTCOMES)[number]['key']) => rates.reduce((sum, rate) => sum + rate[key], 0);
  const all = OUTCOMES.reduce((sum, { key }) => sum + total(key), 0);
  return (
    <Panel title="Rates of the last day">
      {all === 0 ? (
        <p className="px-4 py-3.5 text-sm text-ink-soft">No attempt for its mail has ended within a day.</p>
      ) : (
        <>
          <dl className="flex flex-wrap gap-x-8 gap-y-2 px-4 pt-3.5 text-sm">
            {OUTCOMES.map(({ key, tone }) => (
              <div key={key}>
                <dt className={`text-xs ${TONE_TEXT[tone]}`}>{key}</dt>
                <dd className="tabular-nums">
                  <span className="font-medium">{formatCount(total(key))}</span>
                  <span className="text-ink-soft"> · {formatShare(total(key) / all)}</span>
                </dd>
              </div>
            ))}
          </dl>
          <Hours rates={rates} />
        </>
      )}
    </Panel>
  );
}

function Hours({ rates }: { readonly rates: readonly BounceRate[] }) {
  const { now } = useViewer();
  const last = Math.floor(now.getTime() / HOUR_MS);
  const hours = Array.from({ length: HOURS }, (_, at) => last - HOURS + 1 + at);
  const rateOf = (hour: number) => rates.find(({ key }) => Math.floor(Date.parse(key) / HOUR_MS) === hour);
  return (
    <TimeChart
      label="Attempts by outcome"
      kind="bars"
      at={hours.map((hour) => new Date(hour * HOUR_MS).toISOString())}
      stepSeconds={HOUR_MS / 1_000}
      unit="attempts per hour"
      format={COUNTS}
      series={OUTCOMES.map(({ key, tone }) => ({
        key,
        word: key,
        tone,
        values: hours.map((hour) => rateOf(hour)?.[key] ?? 0),
      }))}
    />
  );
}
