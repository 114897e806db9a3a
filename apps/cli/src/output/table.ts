import { plain } from './plain.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null;
  readonly align?: 'right';
  /** One copies it into the next command: it is never shortened. */
  readonly whole?: true;
}

/**
 * Rows as a table whose columns are aligned; numbers stand at the right. Where a line has room for no more than so many
 * characters, the widest texts are shortened until it does.
 */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], room?: number): string {
  const cells = rows.map((row) => columns.map(({ value }) => plain(String(value(row) ?? '-'))));
  const wanted = columns.map(({ title }, index) =>
    [title, ...cells.map((row) => row[index] ?? '')].reduce((most, cell) => Math.max(most, width(cell)), 0),
  );
  const widths = room === undefined ? wanted : fitted(columns, wanted, room);
  const lines = [columns.map(({ title }) => title.toUpperCase()), ...cells].map((row) =>
    row
      .map((cell, index) => pad(shortened(cell, widths[index] ?? 0), widths[index] ?? 0, columns[index]?.align))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** Facts, one a line, their values aligned. */
export function facts(entries: readonly (readonly [string, string | number | null | undefined])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(width)}  ${plain(String(value ?? '-'))}`.trimEnd())
    .join('\n')
    .concat('\n');
}

/** A column of text is not made narrower than its title, nor than this. */
const LEAST = 10;
const GAP = 2;

/** The widths of columns in a line that has room for so many characters: the widest text gives way first. */
function fitted<Row>(columns: readonly Column<Row>[], wanted: readonly number[], room: number): readonly number[] {
  const widths = [...wanted];
  let over = widths.reduce((sum, each) => sum + each, GAP * (columns.length - 1)) - room;
  for (; over > 0; over -= 1) {
    const least = (index: number) => Math.max(LEAST, width(columns[index]?.title ?? ''));
    const [widest] = [...widths.keys()]
      .filter((index) => {
        const { align, whole } = columns[index] ?? {};
        return align === undefined && !whole && (widths[index] ?? 0) > least(index);
      })
      .sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
    if (widest === undefined) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function shortened(cell: string, most: number): string {
  if (width(cell) <= most) return cell;
  let kept = '';
  for (const character of cell) {
    if (width(kept + character) > most - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

function pad(cell: string, width_: number, align: 'right' | undefined): string {
  const fill = ' '.repeat(Math.max(0, width_ - width(cell)));
  return align === 'right' ? fill + cell : cell + fill;
}

/** How many characters a person sees: combining marks stand on the letter before them. */
function width(text: string): number {
  return [...text.replace(/\p{Mark}/gu, '')].length;
}
