import type { Tone } from '../states/tone.ts';

/** One row of figures over time: a part of each bar, or a line. A figure that is null was not measured. */
export interface Series {
  readonly key: string;
  readonly word: string;
  readonly tone: Tone;
  readonly values: readonly (number | null)[];
  /** Drawn in dashes, so that lines differ by more than their colour. */
  readonly dashed?: true;
  /** Where its figure of a step leads. */
  readonly href?: (at: number) => string | undefined;
}

/** The most that a bar of all the series together, or one figure alone, comes to. */
export function mostOf(series: readonly Series[], how: 'together' | 'alone'): number {
  const sums: number[] = [];
  for (const { values } of series)
    values.forEach((value, at) => {
      sums[at] = how === 'together' ? (sums[at] ?? 0) + (value ?? 0) : Math.max(sums[at] ?? 0, value ?? 0);
    });
  return Math.max(0, ...sums);
}

/** The least figure of all. */
export function leastOf(series: readonly Series[]): number {
  return Math.min(...series.flatMap(({ values }) => values.filter((value) => value !== null)));
}
