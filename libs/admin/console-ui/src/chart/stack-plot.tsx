import { TONE_FILL } from '../states/tone.ts';
import type { Series } from './series.ts';

/** Bars over time, each made of its parts from the bottom up. Everything is placed by shares, so it fits any width. */
export function StackPlot(props: { readonly series: readonly Series[]; readonly top: number; readonly count: number }) {
  const { series, top, count } = props;
  const width = 100 / count;
  return Array.from({ length: count }, (_, at) => {
    let below = 0;
    return series.map(({ key, tone, values }) => {
      const share = ((values[at] ?? 0) / top) * 100;
      if (share === 0) return null;
      // What happened at all is seen, however small its share.
      const height = Math.max(share, 0.6);
      const y = 100 - below - height;
      below += height;
      return (
        <rect
          key={`${key} ${at}`}
          x={`${at * width + width * 0.1}%`}
          y={`${y}%`}
          width={`${width * 0.8}%`}
          height={`${height}%`}
          className={TONE_FILL[tone]}
        />
      );
    });
  });
}
