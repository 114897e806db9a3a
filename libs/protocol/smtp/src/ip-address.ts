/** Reads an IPv4 address in dotted decimal, without leading zeros, into its four octets (RFC 5321 §4.1.3). */
export function parseIpv4(text: string): readonly number[] | undefined {
  if (text.length > 15 || !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined;
  const octets = text.split('.');
  if (octets.some((octet) => (octet.length > 1 && octet.startsWith('0')) || Number(octet) > 255)) return undefined;
  return octets.map(Number);
}

/** Reads an IPv6 address (no zone, no brackets) into its eight groups (RFC 4291 §2.2). */
export function parseIpv6(text: string): readonly number[] | undefined {
  if (text.length < 2 || text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const compressed = halves.length === 2;
  const head = groupsOf(halves[0] ?? '', { mayEndInIpv4: !compressed });
  const tail = compressed ? groupsOf(halves[1] ?? '', { mayEndInIpv4: true }) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (compressed ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<number>(missing).fill(0), ...tail];
}

/** Writes an IPv6 address as RFC 5952 §4 says; IPv4-mapped addresses end in dotted decimal (§5). */
export function formatIpv6(groups: readonly number[]): string {
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const zeros = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(':');
  return `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
}

function groupsOf(text: string, { mayEndInIpv4 }: { mayEndInIpv4: boolean }): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      const octets = mayEndInIpv4 && index === parts.length - 1 ? parseIpv4(part) : undefined;
      if (!octets) return undefined;
      const [a = 0, b = 0, c = 0, d = 0] = octets;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
