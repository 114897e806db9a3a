import type { BounceHistory, BounceSeries, VolumeRange } from '@postern/admin-contract';
import { formatPer, formatCount, formatShort, Panel, TimeChart, type Tone } from '@postern/console-ui';
import { BY, keyWord, MEASURES, messagesOf, stepOf, type By, type Measure } from './words.ts';

/** In the order of the bars, from the bottom up; what is not among the first is idle. */
const TONES: readonly Tone[] = ['bad', 'wait', 'hold', 'move', 'late', 'good'];

/** How many failed over time, in as many colours as there are kinds of it; from each to its messages. */
export function HistoryChart(props: {
  readonly history: BounceHistory;
  readonly range: VolumeRange;
  readonly by: By;
  readonly measure: Measure;
}) {
  const { history, by, measure } = props;
  const stepSeconds = stepOf(props.range);
  const stepMs = stepSeconds * 1000;
  const starts = stepsBetween(history, stepMs);
  const { named, rest } = apart(history.items, measure);
  const binned = (items: readonly BounceSeries[]) => bin(items, { starts, stepMs, measure });
  const before = (at: number) => new Date((starts[at] ?? 0) + stepMs);
  const series = named.map((item, place) => ({
    key: item.key ?? '',
    word: keyWord(item.key, by),
    tone: TONES[place] ?? 'idle',
    values: binned([item]),
    href: (at: number) => messagesOf(item.key, { by, measure, since: new Date(starts[at] ?? 0), before: before(at) }),
  }));
  const others = binned(rest);
  return (
    <Panel title={`${MEASURES[measure].word} by ${BY[by].word.toLowerCase()}, over time`}>
      <TimeChart
        label={`Recipients ${MEASURES[measure].says}, by ${BY[by].word.toLowerCase()}`}
        kind="bars"
        at={starts.map((ms) => new Date(ms).toISOString())}
        stepSeconds={stepSeconds}
        unit={`recipients per ${formatPer(stepMs)}`}
        format={{ tick: formatShort, value: formatCount }}
        series={
          others.some((value) => value > 0)
            ? [...series, { key: 'others', word: 'all others', tone: 'idle' as const, values: others }]
            : series
        }
      />
    </Panel>
  );
}

/** Those that have a colour of their own, and all that share one. */
function apart(items: readonly BounceSeries[], measure: Measure) {
  const found = items.filter((item) => MEASURES[measure].of(item) > 0);
  const known = found.filter(({ key }) => key !== null);
  const named = known.slice(0, TONES.length);
  return { named, rest: found.filter((item) => !named.includes(item)) };
}

function stepsBetween({ since, until }: BounceHistory, stepMs: number): readonly number[] {
  const first = Math.floor(Date.parse(since) / stepMs) * stepMs;
  const count = Math.max(1, Math.ceil((Date.parse(until) - first) / stepMs));
  return Array.from({ length: count }, (_, at) => first + at * stepMs);
}

function bin(
  items: readonly BounceSeries[],
  {
    starts,
    stepMs,
    measure,
  }: { readonly starts: readonly number[]; readonly stepMs: number; readonly measure: Measure },
): readonly number[] {
  const values = starts.map(() => 0);
  for (const { points } of items)
    for (const point of points) {
      const at = Math.max(0, Math.floor((Date.parse(point.at) - (starts[0] ?? 0)) / stepMs));
      if (at < values.length) values[at] = (values[at] ?? 0) + MEASURES[measure].of(point);
    }
  return values;
}
