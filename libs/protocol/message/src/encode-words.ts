/** Octets of UTF-8 in one encoded-word: with its frame it has 75 characters at most (RFC 2047 §2). */
const MAX_OCTETS = 45;

/**
 * A text for an unstructured field: as it is where it is ASCII, in encoded-words otherwise (RFC 2047 §5). No character is cut
 * in two by them (§5 (3)). Control characters become spaces.
 */
export function encodeWords(text: string): string {
  const plain = text.toWellFormed().replace(/\p{Cc}+/gu, ' ');
  if (!/[^ -~]/.test(plain)) return plain;
  const words: string[] = [];
  let word = '';
  for (const character of plain) {
    if (Buffer.byteLength(word + character) > MAX_OCTETS) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((each) => `=?utf-8?B?${Buffer.from(each).toString('base64')}?=`).join(' ');
}
