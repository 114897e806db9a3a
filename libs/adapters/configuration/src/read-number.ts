import { expected, ok, type Reader } from './reading.ts';

/** A whole number within bounds, in decimal digits and nothing else. */
export function wholeNumber(bounds: { readonly min: number; readonly max: number }): Reader<number> {
  return (text) => {
    const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= bounds.min && value <= bounds.max
      ? ok(value)
      : expected(`a whole number from ${bounds.min} to ${bounds.max}`);
  };
}
