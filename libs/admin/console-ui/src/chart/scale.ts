/** The top of an axis and its ticks: round numbers, so few that their labels have room. */
export interface Scale {
  readonly top: number;
  readonly ticks: readonly number[];
}

const ROUND = [1, 2, 2.5, 5, 10] as const;

/** A scale from 0 that holds `most`, in at most five steps of a round size; of whole numbers, when `whole`. */
export function scaleTo(most: number, options: { readonly whole: boolean } = { whole: true }): Scale {
  const least = options.whole ? 1 : Number.MIN_VALUE;
  const raw = Math.max(most, least) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const size = ROUND.map((each) => each * power).find((each) => each >= raw * 0.999) ?? 10 * power;
  const step = options.whole ? Math.max(1, Math.ceil(size)) : size;
  const steps = Math.max(1, Math.ceil(most / step - 1e-9));
  return { top: steps * step, ticks: Array.from({ length: steps + 1 }, (_, at) => at * step) };
}

/** Which of `count` places get a label: every nth, about `wanted` of them. */
export function labelled(count: number, wanted: number): readonly number[] {
  const every = Math.max(1, Math.ceil(count / wanted));
  return Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every);
}

const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 3 });

/** A count with little room: `950`, `1.2k`, `3M`. */
export function formatShort(count: number): string {
  return short.format(count).toLowerCase().replace(/m$/, 'M');
}
