const WIDTH = 76;
const MAX_WORD = 400;
const MAX_TEXT = 1_000;

/** Lines of at most 76 characters. A word of a remote host begins no line of its own kind: it stands behind an indent. */
export function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = '';
    }
    line += line === '' ? word.slice(0, MAX_WORD) : ` ${word.slice(0, MAX_WORD)}`;
  }
  return [...lines, indent + line];
}

/** A text that others chose, on one line; marks that turn the direction of writing are left out with control characters. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}
