const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** An age or a wait in its two largest units: `8 s`, `3 m 12 s`, `2 h 14 m`, `5 d 3 h`. Below zero counts as zero. */
export function formatAge(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  const at = UNITS.findIndex(([, size]) => ms >= size);
  const first = UNITS[at];
  if (!first) return '0 s';
  const second = UNITS[at + 1];
  const rest = second ? Math.floor((ms % first[1]) / second[1]) : 0;
  const head = `${Math.floor(ms / first[1])} ${first[0]}`;
  return second && rest > 0 ? `${head} ${rest} ${second[0]}` : head;
}

/** What one step of a chart is called, after `per`: `hour`, `6 hours`, `day`. */
export function formatPer(milliseconds: number): string {
  const [size, word] = PER.find(([ms]) => milliseconds >= ms && milliseconds % ms === 0) ?? [1_000, 'second'];
  const many = milliseconds / size;
  return many === 1 ? word : `${many} ${word}s`;
}

const PER = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
] as const;

/** How long a step took: `0.4 ms`, `38 ms`, `1.24 s`, then as an age. */
export function formatStep(milliseconds: number): string {
  if (milliseconds < 1) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_995) return `${(milliseconds / 1000).toFixed(2)} s`;
  return formatAge(milliseconds);
}
