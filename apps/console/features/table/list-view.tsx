import type { ReactNode } from 'react';
import type { Page } from '@postern/admin-contract';
import { formatCountOf } from '@postern/console-ui';
import { DataTable, type Column } from './data-table.tsx';
import { Pager } from './pager.tsx';
import type { Sorts } from './sorts.ts';

/** One page of a list: its table with the way to the next page, or why there is nothing. */
export function ListView<Item>(props: {
  readonly label: string;
  readonly noun: readonly [one: string, many: string];
  readonly columns: readonly Column<Item>[];
  readonly page: Page<Item>;
  readonly rowKey: (item: Item) => string;
  readonly faded?: (item: Item) => boolean;
  readonly sorts?: Sorts;
  /** Where this page begins; undefined on the first. */
  readonly cursor: string | undefined;
  /** The address of the page that begins there. */
  readonly path: (cursor?: string) => string;
  readonly words?: { readonly first: string; readonly next: string };
  readonly empty: ReactNode;
}) {
  const { page, cursor, path, words = { first: 'First page', next: 'Next' } } = props;
  if (page.items.length === 0 && cursor === undefined) return <>{props.empty}</>;
  return (
    <>
      <DataTable
        label={props.label}
        columns={props.columns}
        rows={page.items}
        rowKey={props.rowKey}
        {...(props.faded ? { faded: props.faded } : {})}
        {...(props.sorts ? { sorts: props.sorts } : {})}
      />
      <Pager
        shown={`${formatCountOf(page.items.length, ...props.noun)} shown`}
        first={cursor === undefined ? undefined : { href: path(), word: words.first }}
        next={page.nextCursor === null ? undefined : { href: path(page.nextCursor), word: words.next }}
      />
    </>
  );
}
