'use client';

import { Plus, Split } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Page, PoolRule, Source } from '@postern/admin-contract';
import { Button, EmptyState, formatCountOf } from '@postern/console-ui';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { AddSource } from '../../../features/source/add-source.tsx';
import { sourceColumns } from '../../../features/source/columns.tsx';
import { PoolRules } from '../../../features/source/pool-rules.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { sourcesPath, type SourcesSearch } from './search-params.ts';

export function SourcesClient(props: {
  readonly page: Page<Source>;
  readonly rules: readonly PoolRule[];
  readonly search: SourcesSearch;
  readonly mayWrite: boolean;
}) {
  const { page, rules, search, mayWrite } = props;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const again = () => router.refresh();
  const add = mayWrite && (
    <Button kind="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
      Add a source
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Sources"
        says="The addresses that mail leaves from, in pools: more than one shares the load, and a new one warms up."
        actions={page.items.length > 0 && add}
      />
      {page.items.length === 0 ? (
        <EmptyState icon={Split} title="No sources: the system chooses the address">
          <p>
            That is right for one machine with one address. With several, name them here: each with the name that it
            says, a weight, and a plan for its first days.
          </p>
          <div className="mt-4">{add}</div>
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <div>
            <DataTable
              label="Sources"
              columns={sourceColumns({ mayWrite, onDone: again })}
              rows={page.items}
              rowKey={({ id }) => id}
            />
            <Pager
              shown={`${formatCountOf(page.items.length, 'source', 'sources')} shown`}
              first={search.cursor ? { href: sourcesPath(search), word: 'First' } : undefined}
              next={
                page.nextCursor ? { href: sourcesPath(search, { cursor: page.nextCursor }), word: 'Next' } : undefined
              }
            />
          </div>
          <PoolRules rules={rules} mayWrite={mayWrite} onDone={again} />
        </div>
      )}
      {adding && <AddSource onClose={() => setAdding(false)} onDone={again} />}
    </>
  );
}
