import { TONE_STROKE, type Tone } from '../states/tone.ts';
import { pathOf } from './line-plot.tsx';

/** A trend beside a figure, without axes: the figure says how much, this says where it comes from. */
export function Sparkline(props: { readonly values: readonly (number | null)[]; readonly tone: Tone }) {
  const { values, tone } = props;
  const top = Math.max(1e-9, ...values.map((value) => value ?? 0));
  return (
    <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden className="block h-7 w-full overflow-visible">
      <path
        d={pathOf(values, { place: (value) => value / top, count: Math.max(1, values.length) })}
        fill="none"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        className={TONE_STROKE[tone]}
      />
    </svg>
  );
}
