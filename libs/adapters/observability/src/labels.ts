/** The values that each label may have. */
export type LabelSets = Readonly<Record<string, readonly string[]>>;

/** A value for each label. */
export type Labels<Sets extends LabelSets> = { readonly [Label in keyof Sets]: string };

/**
 * The labels of a sample, each one of its set: a value outside it becomes `other`. So however many domains, replies or names
 * come in from outside, a metric has no more series than its table says.
 */
export function labelsOf<Sets extends LabelSets>(sets: Sets, given: Labels<Sets>): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [label, values] of Object.entries(sets)) {
    const value = given[label];
    labels[label] = value !== undefined && values.includes(value) ? value : 'other';
  }
  return labels;
}
