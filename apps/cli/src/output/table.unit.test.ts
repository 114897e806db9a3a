import { expect, test } from 'vitest';
import { table, type Column } from './table.ts';

interface Row {
  readonly id: string;
  readonly queue: string;
  readonly count: number;
  readonly reply: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'id', value: ({ id }) => id, whole: true },
  { title: 'queue', value: ({ queue }) => queue },
  { title: 'count', value: ({ count }) => count, align: 'right' },
  { title: 'last reply', value: ({ reply }) => reply },
];
const row: Row = {
  id: '0199a000-0000-7000-8000-000000000009',
  queue: 'mx.example.com',
  count: 12_345,
  reply: '451 4.7.1 Grëÿlisted: '.repeat(20),
};

test('without a terminal a table is whole', () => {
  expect(table(COLUMNS, [row])).toContain(row.reply.trimEnd());
});

test.for([80, 100, 120])('in a terminal of %i characters no line is longer: the widest text gives way', (room) => {
  const lines = table(COLUMNS, [row, { ...row, reply: 'short' }], room)
    .trimEnd()
    .split('\n');
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(room);
  expect(lines[1]).toMatch(new RegExp(`^${row.id}  mx\\.example\\.com  12345  451 4\\.7\\.1.*…$`));
  expect(lines[2]).toMatch(/12345 {2}short$/);
});

test('what one copies, numbers and titles stay whole, however narrow the terminal is', () => {
  const [head, line] = table(COLUMNS, [row], 20).split('\n');
  expect(head).toMatch(/^ID +QUEUE +COUNT {2}LAST REPLY$/);
  expect(line).toMatch(new RegExp(`^${row.id}  mx\\.exampl…  12345  451 4\\.7\\.1…$`));
});

test('a table that has room is as it is without a terminal', () => {
  expect(table(COLUMNS, [{ ...row, reply: '250 ok' }], 120)).toBe(table(COLUMNS, [{ ...row, reply: '250 ok' }]));
});
