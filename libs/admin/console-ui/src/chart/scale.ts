/** The top of an axis and its ticks: round numbers, so few that their labels have room. */
export interface Scale {
  readonly top: number;
  readonly ticks: readonly number[];
  /** How far up the axis a figure is, from 0 to 1. */
  readonly place: (value: number) => number;
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
  const top = steps * step;
  return { top, ticks: Array.from({ length: steps + 1 }, (_, at) => at * step), place: (value) => value / top };
}

/**
 * A scale whose ticks are all as far apart, from the last of `marks` below `least` to the first above `most`: between two
 * marks it goes by their ratio, so that milliseconds are seen beside hours. Marks are above zero and rise.
 */
export function scaleBy(marks: readonly number[], range: { readonly least: number; readonly most: number }): Scale {
  const above = marks.findIndex((mark) => mark >= range.most);
  const to = Math.max(1, above === -1 ? marks.length - 1 : above);
  const below = marks.findLastIndex((mark) => mark <= range.least);
  const ticks = marks.slice(Math.min(Math.max(0, below), to - 1), to + 1);
  const place = (value: number): number => {
    const at = Math.min(
      Math.max(
        0,
        ticks.findLastIndex((tick) => tick <= value),
      ),
      ticks.length - 2,
    );
    const [low = 1, high = 1] = ticks.slice(at, at + 2);
    return Math.min(1, Math.max(0, (at + Math.log(value / low) / Math.log(high / low)) / (ticks.length - 1)));
  };
  return { top: ticks.at(-1) ?? 1, ticks, place };
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
