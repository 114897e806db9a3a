import type { Column } from './data-table.tsx';

/** The column of what can be done with a row: the last one, and none for whom may do nothing. */
export function commandsColumn<Row>(may: boolean, cell: Column<Row>['cell']): readonly Column<Row>[] {
  return may
    ? [{ key: 'commands', heading: 'Commands', narrow: 'trail', align: 'end', className: 'md:w-14', cell }]
    : [];
}
