import { expected, ok, type Reader } from './reading.ts';

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Reader<Word> {
  return (text) => {
    const found = words.find((word) => word === text.toLowerCase());
    return found === undefined ? expected(`one of: ${words.join(', ')}`) : ok(found);
  };
}

/** A comma-separated list of words out of a few, each at most once, at least one. */
export function someOf<const Word extends string>(...words: readonly Word[]): Reader<readonly Word[]> {
  return (text) => {
    const given = text.split(',').map((each) => each.trim().toLowerCase());
    const found = given.map((each) => words.find((word) => word === each));
    const complete = found.every((each) => each !== undefined) && new Set(found).size === found.length;
    return complete
      ? ok(words.filter((word) => given.includes(word)))
      : expected(`a comma-separated list out of: ${words.join(', ')}`);
  };
}
