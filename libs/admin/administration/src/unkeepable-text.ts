import type { FieldFault } from '@postern/admin-contract';

/** Deeper than any request of the contract is; what lies below is refused by its schema. */
const DEEPEST = 12;

/**
 * The texts of a request that no store can keep: with the octet NUL, which PostgreSQL refuses, or with half of a character
 * (an unpaired surrogate, which UTF-8 cannot say). They are the asker's fault, and told before anything is looked at.
 */
export function unkeepableTexts(value: unknown, at: string, depth = 0): readonly FieldFault[] {
  if (typeof value === 'string') return isKeepable(value) ? [] : [{ field: at, message: MESSAGE }];
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => unkeepableTexts(each, `${at}.${index}`, depth + 1));
  return Object.entries(value).flatMap(([name, each]) =>
    isKeepable(name) ? unkeepableTexts(each, `${at}.${name}`, depth + 1) : [{ field: at, message: MESSAGE }],
  );
}

const MESSAGE = 'It holds a NUL or half of a character, which no text may';

function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}
