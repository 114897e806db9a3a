const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** A count with its thousands apart: `1,204`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** A count and its noun: `1 recipient`, `1,204 recipients`. */
export function formatCountOf(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
