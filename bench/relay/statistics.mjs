/** The median of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `median (least–most)`, or the number itself when there is but one. */
export function spread(numbers, digits) {
  const shown = (number) => number.toFixed(digits);
  if (numbers.length === 1) return shown(numbers[0]);
  return `${shown(median(numbers))} (${shown(Math.min(...numbers))}–${shown(Math.max(...numbers))})`;
}
