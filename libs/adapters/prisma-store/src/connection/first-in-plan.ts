/**
 * A condition that is true of every row: its column counts from one, as that of `unnest … with ordinality` does.
 *
 * The planner takes a range of which it knows nothing for a two-hundredth (selfuncs.h, DEFAULT_RANGE_INEQ_SEL), so it expects
 * one row, begins with these rows and looks up each of them by its key. Expecting a thousand it reads the whole table
 * first, as long as it believes that to be small.
 */
export function firstInPlan(place: string): string {
  return `${place} between 1 and 2147483647`;
}
