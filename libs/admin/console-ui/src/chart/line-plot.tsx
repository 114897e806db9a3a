import { TONE_STROKE } from '../states/tone.ts';
import type { Series } from './series.ts';

/** Lines over time, broken where nothing was measured. */
export function LinePlot(props: {
  readonly series: readonly Series[];
  readonly place: (value: number) => number;
  readonly count: number;
}) {
  const { series, place, count } = props;
  return (
    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">
      {series.map(({ key, tone, values, dashed }) => (
        <path
          key={key}
          d={pathOf(values, { place, count })}
          fill="none"
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
          {...(dashed ? { strokeDasharray: '5 4' } : {})}
          className={TONE_STROKE[tone]}
        />
      ))}
    </svg>
  );
}

/** A path through the middle of each step, in a box of 1,000 by 1,000. A figure that stands alone is a short line. */
export function pathOf(
  values: readonly (number | null)[],
  { place, count }: { readonly place: (value: number) => number; readonly count: number },
): string {
  const width = 1000 / count;
  let open = false;
  return values
    .map((value, at) => {
      if (value === null) {
        open = false;
        return '';
      }
      const y = Math.round((1 - place(value)) * 1000);
      const x = Math.round((at + 0.5) * width);
      const alone = !open && (values[at + 1] ?? null) === null;
      const step = alone
        ? `M${Math.round(at * width)} ${y}H${Math.round((at + 1) * width)}`
        : `${open ? 'L' : 'M'}${x} ${y}`;
      open = true;
      return step;
    })
    .join('');
}
