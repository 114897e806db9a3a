/** The part that is used of a package without types of its own. */
declare module 'punycode.js' {
  /** What a label without its `xn--` encodes; throws a RangeError when it encodes nothing. */
  export function decode(input: string): string;
}
