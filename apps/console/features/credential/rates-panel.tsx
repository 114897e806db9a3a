'use client';

import type { BounceRate } from '@postern/admin-contract';
import { formatCount, Instant, Panel, TONE_FILL, TONE_TEXT, type Tone, useViewer } from '@postern/console-ui';

const OUTCOMES = [
  { key: 'delivered', tone: 'good' },
  { key: 'deferred', tone: 'wait' },
  { key: 'bounced', tone: 'bad' },
  { key: 'expired', tone: 'late' },
] as const satisfies readonly { key: keyof BounceRate; tone: Tone }[];

/** How the attempts for its mail ended over the last day, hour by hour, with the figures below. */
export function RatesPanel({ rates }: { readonly rates: readonly BounceRate[] }) {
  const total = (key: (typeof OUTCOMES)[number]['key']) => rates.reduce((sum, rate) => sum + rate[key], 0);
  const all = rates.reduce((sum, rate) => sum + ended(rate), 0);
  return (
    <Panel title="Rates of the last day">
      {all === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">No attempt for its mail has ended within a day.</p>
      ) : (
        <div className="flex flex-col gap-3 px-4 py-3.5 text-sm">
          <dl className="flex flex-wrap gap-x-8 gap-y-2">
            {OUTCOMES.map(({ key, tone }) => (
              <div key={key}>
                <dt className={`text-xs ${TONE_TEXT[tone]}`}>{key}</dt>
                <dd className="tabular-nums">
                  <span className="font-medium">{formatCount(total(key))}</span>
                  <span className="text-ink-soft"> · {percentOf(total(key), all)}</span>
                </dd>
              </div>
            ))}
          </dl>
          <Bars rates={rates} />
          <Table rates={rates} />
        </div>
      )}
    </Panel>
  );
}

const HOURS = 24;
const HOUR_MS = 3_600_000;
const HEIGHT = 48;
const WIDTH = 10;

/** A bar for each of the last hours; the table below says the same to those who do not see it. */
function Bars({ rates }: { readonly rates: readonly BounceRate[] }) {
  const { now } = useViewer();
  const most = Math.max(1, ...rates.map(ended));
  const hoursAgo = (key: string) => Math.floor((now.getTime() - new Date(key).getTime()) / HOUR_MS);
  return (
    <div aria-hidden>
      <p className="mb-1 text-xs text-ink-soft tabular-nums">
        Attempts that ended an hour, at most {formatCount(most)}
      </p>
      <svg
        viewBox={`0 0 ${(HOURS + 1) * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-14 w-full border-b border-line"
      >
        {rates.map((rate) => (
          <Bar key={rate.key} rate={rate} x={(HOURS - hoursAgo(rate.key)) * WIDTH + 1} most={most} />
        ))}
      </svg>
      <p className="mt-1 flex justify-between text-xs text-ink-soft tabular-nums">
        <span>24 h ago</span>
        <span>12 h ago</span>
        <span>now</span>
      </p>
    </div>
  );
}

function Bar({ rate, x, most }: { readonly rate: BounceRate; readonly x: number; readonly most: number }) {
  const heights = OUTCOMES.map(({ key }) => (rate[key] / most) * HEIGHT);
  return OUTCOMES.map(({ key, tone }, at) => (
    <rect
      key={key}
      x={x}
      y={HEIGHT - heights.slice(0, at + 1).reduce((sum, each) => sum + each, 0)}
      width={WIDTH - 2}
      height={heights[at] ?? 0}
      className={TONE_FILL[tone]}
    />
  ));
}

function ended(rate: BounceRate): number {
  return OUTCOMES.reduce((sum, { key }) => sum + rate[key], 0);
}

function Table({ rates }: { readonly rates: readonly BounceRate[] }) {
  return (
    <details className="text-xs">
      <summary className="cursor-default text-ink-soft hover:text-ink">The figures</summary>
      <table className="mt-1.5 w-full tabular-nums">
        <thead>
          <tr className="text-ink-soft">
            <th scope="col" className="py-1 text-left font-medium">
              Hour from
            </th>
            {OUTCOMES.map(({ key }) => (
              <th key={key} scope="col" className="py-1 text-right font-medium">
                {key}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rates.map((rate) => (
            <tr key={rate.key} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal">
                <Instant at={rate.key} />
              </th>
              {OUTCOMES.map(({ key }) => (
                <td key={key} className="py-1 text-right">
                  {formatCount(rate[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function percentOf(part: number, all: number): string {
  return `${((100 * part) / all).toFixed(part === 0 || part === all ? 0 : 1)} %`;
}
