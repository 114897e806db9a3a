/** What a variable's text was read as: a value, or what had been expected instead. */
export type Reading<T> = { readonly ok: T } | { readonly expected: string };

/** Reads the text of a variable; `surroundings` is what relative values are relative to. */
export type Reader<T> = (text: string, surroundings: Surroundings) => Reading<T>;

/** What the process stands in. */
export interface Surroundings {
  /** The directory that relative paths start from. */
  readonly directory: string;
  /** The machine's own name. */
  readonly hostName: string;
}

export function ok<T>(value: T): Reading<T> {
  return { ok: value };
}

export function expected(what: string): { readonly expected: string } {
  return { expected: what };
}
