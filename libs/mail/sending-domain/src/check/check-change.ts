import type { CheckLine } from './check-line.ts';

/** The lines that fail, by id: what an operator is told of when it changes. A line that is not known counts as it did before. */
export function failingIds(lines: readonly CheckLine[], before: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  return new Set(
    lines.filter(({ id, status }) => status === 'fail' || (status === 'unknown' && before.has(id))).map(({ id }) => id),
  );
}

/** Whether what fails is another than before. */
export function hasChanged(before: ReadonlySet<string>, after: ReadonlySet<string>): boolean {
  return before.size !== after.size || [...after].some((id) => !before.has(id));
}
