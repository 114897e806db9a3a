'use client';

import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import type { Operation, Page } from '@postern/admin-contract';
import { buttonLook, EmptyState, formatCountOf } from '@postern/console-ui';
import { operationColumns } from '../../../features/operation/columns.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { operationsPath, type OperationsSearch } from './search-params.ts';

export function OperationsClient(props: {
  readonly page: Page<Operation>;
  readonly search: OperationsSearch;
  readonly mayCommand: boolean;
}) {
  const { page, search, mayCommand } = props;
  return (
    <>
      <PageHeading title="Operations" says="Commands on many messages at once, and how far each has come." />
      {page.items.length === 0 ? (
        <EmptyState icon={ListChecks} title="No operation yet">
          <p>Search for messages; then one command holds, retries, reroutes or gives up all that were found.</p>
          <div className="mt-4">
            <Link href="/messages" prefetch={false} className={buttonLook('plain')}>
              Search messages
            </Link>
          </div>
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Operations"
            columns={operationColumns(mayCommand)}
            rows={page.items}
            rowKey={({ id }) => id}
            faded={({ state }) => state === 'cancelled'}
          />
          <Pager
            shown={`${formatCountOf(page.items.length, 'operation', 'operations')} shown`}
            first={search.cursor ? { href: operationsPath(), word: 'Latest' } : undefined}
            next={page.nextCursor ? { href: operationsPath(page.nextCursor), word: 'Older' } : undefined}
          />
        </>
      )}
    </>
  );
}
