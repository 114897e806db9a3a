const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size in decimal units, three figures at most: `812 B`, `10.2 kB`, `35 MB`. */
export function formatOctets(octets: number): string {
  let size = octets;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const text = unit > 0 && size < 99.95 ? size.toFixed(1).replace(/\.0$/, '') : size.toFixed(0);
  return `${text} ${UNITS[unit]}`;
}
