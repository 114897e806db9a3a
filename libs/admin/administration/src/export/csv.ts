/** What a cell may hold. */
export type Cell = string | number | boolean | null;

/**
 * A line of CSV (RFC 4180 §2). What spreadsheets would take for a formula is marked as text by an apostrophe: subjects,
 * addresses and replies come from outside. Some take a semicolon or a line's end within a cell for the cell's.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const marked = /^\s*[=+\-@＝＋－＠\t\r]/.test(cell) ? `'${cell}` : cell;
  const text = marked.replace(/([;\t\r\n]\s*)(?=[=+\-@＝＋－＠])/g, "$1'");
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
