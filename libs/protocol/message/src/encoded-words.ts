// RFC 2047 §2; RFC 2231 §5 adds a language behind the charset. Nothing in it can match in two ways.
const ENCODED_WORD = /=\?([\w!#$%&'+^`{}~-]{1,40})(?:\*[\w-]{0,40})?\?([bBqQ])\?([!->@-~]*)\?=/g;

/**
 * A text with its encoded-words decoded, for people to read (RFC 2047 §6.1); never for comparing or sending.
 *
 * White space between two encoded-words vanishes, and a character that was cut in two by them is joined when their
 * charset is the same. A charset that nobody knows leaves its word as it is. Control characters become spaces.
 */
export function decodeEncodedWords(text: string, { maxLength }: { maxLength: number }): string {
  const bounded = text.slice(0, maxLength * 4);
  let decoded = '';
  let run: Run | undefined;
  let end = 0;
  for (const match of bounded.matchAll(ENCODED_WORD)) {
    const [word, charset = '', encoding = '', content = ''] = match;
    const between = bounded.slice(end, match.index);
    const octets = encoding.toUpperCase() === 'B' ? Buffer.from(content, 'base64') : decodeQ(content);
    const next: Run = { charset: charset.toLowerCase(), octets, words: word };
    const isAdjacent = run !== undefined && /^[ \t]*$/.test(between);
    if (run && isAdjacent && run.charset === next.charset) run = join(run, next, between);
    else {
      decoded += (run ? decodeRun(run) : '') + (isAdjacent ? '' : between);
      run = next;
    }
    end = match.index + word.length;
  }
  decoded += (run ? decodeRun(run) : '') + bounded.slice(end);
  return legible(decoded).slice(0, maxLength).toWellFormed();
}

/** Encoded-words of one charset that follow each other. */
interface Run {
  readonly charset: string;
  readonly octets: Buffer | readonly Buffer[];
  /** As written, for a charset that is not known. */
  readonly words: string;
}

function join(run: Run, next: Run, between: string): Run {
  return {
    charset: run.charset,
    octets: [run.octets, next.octets].flat(),
    words: `${run.words}${between}${next.words}`,
  };
}

function decodeRun({ charset, octets, words }: Run): string {
  try {
    return new TextDecoder(charset).decode(Buffer.isBuffer(octets) ? octets : Buffer.concat(octets));
  } catch {
    return words;
  }
}

/** RFC 2047 §4.2: `_` is a space, `=XX` an octet. */
function decodeQ(content: string): Buffer {
  const text = content
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(text, 'latin1');
}

function legible(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
