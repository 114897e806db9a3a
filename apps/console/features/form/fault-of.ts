import type { Problem } from '@postern/admin-contract';

/** What is wrong with a field, in the words of the API: `body.senderRules.1` belongs to `senderRules`. */
export function faultOf(problem: Problem | undefined, field: string): string | undefined {
  const faults = (problem?.errors ?? []).filter((each) => each.field.split('.')[1] === field);
  return faults.length > 0 ? faults.map((each) => each.message).join(' ') : undefined;
}
