import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from '@postern/console-ui';
import { OrderChoice } from './order-choice.tsx';
import type { Sort, Sorts } from './sorts.ts';

/** One column: its heading, its cell, and where the cell goes when a row becomes a card on a narrow screen. */
export interface Column<Row> {
  readonly key: string;
  readonly heading: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'end';
  /** `lead` and `trail` share the card's first line, `line` has its own, `hidden` is left out. */
  readonly narrow: 'lead' | 'trail' | 'line' | 'hidden';
  /** What a card says before the cell, since it has no headings. */
  readonly onCard?: string;
  /** From which width the table has the column; `never` when only cards do. */
  readonly from?: 'lg' | 'xl' | 'never';
  readonly className?: string;
}

const NARROW = {
  lead: 'max-md:order-1 max-md:min-w-0',
  trail: 'max-md:order-2 max-md:justify-self-end max-md:text-right',
  line: 'max-md:order-3 max-md:col-span-2',
  hidden: 'max-md:hidden',
} as const;

const FROM = { lg: 'max-lg:md:hidden', xl: 'max-xl:md:hidden', never: 'md:hidden' } as const;

/**
 * A table that becomes a list of cards on a narrow screen.
 *
 * Its roles are written out, since browsers forget what a table is when it is laid out as something else.
 */
export function DataTable<Row>(props: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** A row that is shown more quietly than the others. */
  readonly faded?: (row: Row) => boolean;
  /** How the list is sorted by its columns, by their keys. */
  readonly sorts?: Sorts;
}) {
  const { sorts = {} } = props;
  const sortable = Object.keys(sorts).length > 0;
  const table = (
    <div className="rounded-lg border border-line bg-surface [overflow:clip]">
      <table role="table" aria-label={props.label} className="w-full border-collapse text-sm max-md:block">
        <thead role="rowgroup" className="max-md:sr-only">
          <tr role="row">
            {props.columns.map((column) => (
              <Heading key={column.key} column={column} sort={sorts[column.key]} sortable={sortable} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-md:block">
          {props.rows.map((row) => (
            <tr
              key={props.rowKey(row)}
              role="row"
              className={classNames(
                'relative border-b border-line last:border-b-0 hover:bg-hover',
                'max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:px-3 max-md:py-3',
                props.faded?.(row) && 'text-ink-faint',
              )}
            >
              {props.columns.map((column) => (
                <td
                  key={column.key}
                  role="cell"
                  className={classNames(
                    'md:h-row md:px-3 md:py-1.5 md:first:pl-4 md:last:pr-4',
                    column.align === 'end' && 'md:text-right',
                    NARROW[column.narrow],
                    column.from && FROM[column.from],
                    column.className,
                  )}
                >
                  {column.onCard && <span className="text-ink-faint md:hidden">{column.onCard} </span>}
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (!sortable) return table;
  return (
    <>
      <OrderChoice
        sorts={sorts}
        headingOf={(key) => props.columns.find((column) => column.key === key)?.heading ?? key}
      />
      {table}
    </>
  );
}

/** Said where the pointer rests on a heading that sorts nothing, in a table that others sort. */
const NOT_SORTED = 'Not sorted by this: no index leads through a long list in its order';

function Heading<Row>(props: {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly sortable: boolean;
}) {
  const { column, sort } = props;
  const Arrow = !sort?.chosen ? ChevronsUpDown : sort.order === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th
      role="columnheader"
      scope="col"
      {...(sort?.chosen ? { 'aria-sort': sort.order } : {})}
      {...(props.sortable && !sort && column.heading !== 'Commands' ? { title: NOT_SORTED } : {})}
      className={classNames(
        'sticky top-13 z-10 h-8 border-b border-line bg-sunken px-3 text-left text-xs font-medium whitespace-nowrap text-ink-soft first:pl-4 last:pr-4',
        column.align === 'end' && 'text-right',
        column.from && FROM[column.from],
      )}
    >
      {sort ? (
        <>
          <Link
            href={sort.href}
            prefetch={false}
            scroll={false}
            className={classNames(
              'inline-flex items-center gap-1 hover:text-ink max-md:hidden',
              sort.chosen && 'text-ink',
            )}
          >
            {column.heading}
            <Arrow aria-hidden className="size-3" />
          </Link>
          <span className="md:hidden">{column.heading}</span>
        </>
      ) : (
        column.heading
      )}
    </th>
  );
}
