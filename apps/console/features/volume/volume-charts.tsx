import type { Volume, VolumePoint } from '@postern/admin-contract';
import {
  formatAge,
  formatCount,
  formatPer,
  formatShort,
  formatStep,
  Panel,
  TimeChart,
  type Series,
} from '@postern/console-ui';

const COUNTS = { tick: formatShort, value: formatCount };
/** From the first of these that is not above a figure to the first that is not below one: a wait may be of any size. */
const MARKS_MS = [1, 10, 100, 1_000, 10_000, 60_000, 600_000, 3_600_000, 21_600_000, 86_400_000, 432_000_000];
const TIMES = { tick: shortTime, value: formatStep };

/** How recipients ended, over time. */
export function OutcomeChart({ volume }: { readonly volume: Volume }) {
  return (
    <Panel title="Outcomes over time">
      <TimeChart
        label="Recipients by outcome"
        kind="bars"
        {...stepsOf(volume)}
        unit={`recipients per ${formatPer(volume.stepSeconds * 1000)}`}
        format={COUNTS}
        series={[
          { key: 'delivered', word: 'delivered', tone: 'good', values: valuesOf(volume, (each) => each.delivered) },
          { key: 'deferred', word: 'deferred', tone: 'wait', values: valuesOf(volume, (each) => each.deferred) },
          { key: 'bounced', word: 'bounced', tone: 'bad', values: valuesOf(volume, (each) => each.bounced) },
          { key: 'expired', word: 'expired', tone: 'late', values: valuesOf(volume, (each) => each.expired) },
        ]}
      />
    </Panel>
  );
}

/** How long recipients waited from their acceptance to their delivery. */
export function WaitChart({ volume }: { readonly volume: Volume }) {
  const { waits } = volume.total;
  return (
    <Panel
      title="From acceptance to delivery"
      aside={
        waits && (
          <span className="text-xs text-ink-soft tabular-nums">
            all of it: p50 <b className="font-semibold text-ink">{formatStep(waits.p50Ms)}</b> · p95{' '}
            <b className="font-semibold text-ink">{formatStep(waits.p95Ms)}</b>
          </span>
        )
      }
    >
      <TimeChart
        label="Time from acceptance to delivery"
        kind="lines"
        {...stepsOf(volume)}
        unit="half of them (p50), and nineteen in twenty (p95), took no longer"
        marks={MARKS_MS}
        format={TIMES}
        series={[
          { key: 'p50', word: 'p50', tone: 'move', values: valuesOf(volume, (each) => each.waits?.p50Ms ?? null) },
          {
            key: 'p95',
            word: 'p95',
            tone: 'late',
            dashed: true,
            values: valuesOf(volume, (each) => each.waits?.p95Ms ?? null),
          },
        ]}
      />
    </Panel>
  );
}

/** How much waited, and how old the oldest of it was. */
export function DepthChart({ volume }: { readonly volume: Volume }) {
  const oldest = valuesOf(volume, (each) => (each.depth ? each.depth.oldestAgeSeconds * 1000 : null));
  const worst = Math.max(0, ...oldest.map((each) => each ?? 0));
  return (
    <Panel
      title="Waiting"
      aside={<span className="text-xs text-ink-soft tabular-nums">oldest at worst {formatAge(worst)}</span>}
    >
      <TimeChart
        label="Recipients that waited, at most"
        kind="bars"
        {...stepsOf(volume)}
        unit="recipients, at most"
        format={COUNTS}
        series={[
          {
            key: 'depth',
            word: 'waited',
            tone: 'idle',
            values: valuesOf(volume, (each) => each.depth?.recipients ?? null),
          },
        ]}
        more={(at) => <span className="text-ink-soft tabular-nums">oldest {ageText(oldest[at] ?? null)}</span>}
      />
    </Panel>
  );
}

function stepsOf({ points, stepSeconds }: Volume) {
  return { at: points.map(({ at }) => at), stepSeconds };
}

function valuesOf({ points }: Volume, of: (point: VolumePoint) => number | null): Series['values'] {
  return points.map(of);
}

function ageText(ms: number | null): string {
  return ms === null ? 'not measured' : formatAge(ms);
}

/** A time at an axis: one unit, few figures. */
function shortTime(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : formatAge(ms);
}
