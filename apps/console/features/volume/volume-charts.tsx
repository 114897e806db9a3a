import type { Volume, VolumePoint } from '@postern/admin-contract';
import { formatAge, formatCount, formatShort, formatStep, Panel, TimeChart, type Series } from '@postern/console-ui';

const COUNTS = { tick: formatShort, value: formatCount };
const TIMES = { tick: shortTime, value: formatStep };

/** How recipients ended, over time. */
export function OutcomeChart({ volume }: { readonly volume: Volume }) {
  return (
    <Panel title="Outcomes over time">
      <TimeChart
        label="Recipients by outcome"
        kind="bars"
        {...stepsOf(volume)}
        unit={`recipients per ${formatAge(volume.stepSeconds * 1000)}`}
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
        unit="half of them, and nineteen in twenty, took no longer"
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
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 6_000) / 10} m` : `${Math.round(ms / 360_000) / 10} h`;
}
