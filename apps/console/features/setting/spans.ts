const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** A span as somebody writes it, `30s`, `5m`, `2h`, `5d`, in seconds; NaN where it is none, which the API refuses. */
export function secondsOf(text: string): number {
  const match = /^([1-9][0-9]{0,6})\s*([smhd])$/.exec(text.trim());
  const size = UNITS.find(([unit]) => unit === match?.[2])?.[1];
  return match && size ? Number(match[1]) * size : Number.NaN;
}

/** The same, written: in the largest unit that it is a multiple of. */
export function spanOf(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0) ?? UNITS[3];
  return `${seconds / size}${unit}`;
}
