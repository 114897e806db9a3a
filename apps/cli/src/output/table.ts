import { plain } from './plain.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null;
  readonly align?: 'right';
}

/** Rows as a table whose columns are aligned; numbers stand at the right. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => plain(String(value(row) ?? '-'))));
  const widths = columns.map(({ title }, index) =>
    Math.max(...[title, ...cells.map((row) => row[index] ?? '')].map(width)),
  );
  const lines = [columns.map(({ title }) => title.toUpperCase()), ...cells].map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))
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

function pad(cell: string, width_: number, align: 'right' | undefined): string {
  const fill = ' '.repeat(Math.max(0, width_ - width(cell)));
  return align === 'right' ? fill + cell : cell + fill;
}

/** How many characters a person sees: combining marks stand on the letter before them. */
function width(text: string): number {
  return [...text.replace(/\p{Mark}/gu, '')].length;
}
