/** A field of a form as it stands in the thing: what it is called, and what it says in words. */
export interface Told {
  /** The name of the field. */
  readonly field: string;
  readonly word: string;
  readonly says: string;
}

/** A field that says something else than it did. */
export interface ToldChange extends Told {
  readonly said: string;
}

/** The fields that somebody changed between two looks at a thing. */
export function changesBetween(before: readonly Told[], now: readonly Told[]): readonly ToldChange[] {
  return now.flatMap((each) => {
    const said = before.find(({ field }) => field === each.field)?.says ?? '';
    return said === each.says ? [] : [{ ...each, said }];
  });
}

/** Words of a field: several things with commas between them, `none` where there is nothing. */
export function told(field: string, word: string, value: ToldValue, none = 'none'): Told {
  return { field, word, says: wordsOf(value) || none };
}

type ToldValue = string | number | boolean | null | undefined | readonly string[];

function wordsOf(value: ToldValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
