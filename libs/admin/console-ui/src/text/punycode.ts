const [BASE, T_MIN, T_MAX, SKEW, DAMP, FIRST_BIAS, FIRST_CODE] = [36, 1, 26, 38, 700, 72, 0x80];
/** A label has 63 octets (RFC 1035 §2.3.4). */
const MOST = 63;

/** RFC 3492 §6.4: beyond it nothing is encoded. */
const MOST_INDEX = 0x7fffffff;

/** What an A-label without its `xn--` encodes (RFC 3492 §6.2); undefined: nothing. */
export function decodePunycode(encoded: string): string | undefined {
  if (encoded.length > MOST || !/^[a-z0-9-]*$/i.test(encoded)) return undefined;
  const delimiter = encoded.lastIndexOf('-');
  const output = delimiter > 0 ? [...encoded.slice(0, delimiter)].map((each) => each.charCodeAt(0)) : [];
  const digits = [...encoded.slice(delimiter > 0 ? delimiter + 1 : 0)].map(digitOf);
  let [code, bias, index, at] = [FIRST_CODE, FIRST_BIAS, 0, 0];
  while (at < digits.length) {
    const before = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digits[at];
      at += 1;
      if (digit === undefined || Number.isNaN(digit)) return undefined;
      index += digit * weight;
      if (index > MOST_INDEX) return undefined;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapted(index - before, { points: output.length + 1, first: before === 0 });
    code += Math.floor(index / (output.length + 1));
    index %= output.length + 1;
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    output.splice(index, 0, code);
    index += 1;
  }
  return String.fromCodePoint(...output);
}

function digitOf(character: string): number {
  // Letters are 0 to 25, digits 26 to 35 (RFC 3492 §5); of base 36 it is the other way round.
  return (Number.parseInt(character, BASE) + 26) % BASE;
}

/** RFC 3492 §6.1. */
function adapted(delta: number, { points, first }: { readonly points: number; readonly first: boolean }): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
