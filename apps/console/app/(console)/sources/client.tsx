'use client';

import { Plus, Split } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Page, PoolRule, Source } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { AddSource } from '../../../features/source/add-source.tsx';
import { sourceColumns } from '../../../features/source/columns.tsx';
import { PoolRules } from '../../../features/source/pool-rules.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { sourcesPath, type SourcesSearch } from './search-params.ts';

export function SourcesClient(props: {
  readonly page: Page<Source>;
  /** Absent where they could not be read. */
  readonly rules: Page<PoolRule> | undefined;
  readonly search: SourcesSearch;
  readonly mayWrite: boolean;
}) {
  const { page, rules, search, mayWrite } = props;
  const { name, pool, cursor } = search;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const again = () => router.refresh();
  useLivePage();
  const filtered = name !== undefined || pool !== undefined;
  const isEmpty = page.items.length === 0 && !filtered && cursor === undefined;
  const add = mayWrite && (
    <Button icon={Plus} kind="primary" onClick={() => setAdding(true)}>
      Add a source
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Sources"
        says="The addresses that mail leaves from, in pools: more than one shares the load, and a new one warms up."
        actions={
          !isEmpty && (
            <>
              <CsvLink of="/api/v1/sources.csv" query={search} />
              {add}
            </>
          )
        }
      />
      {!isEmpty && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <SearchBox
            className="max-sm:basis-full sm:max-w-md"
            label="Sources whose name, address or EHLO name contains"
            placeholder="Name or address contains…"
            value={name ?? ''}
            maxLength={255}
            onSearch={(text) => router.push(sourcesPath(search, { name: text || undefined }))}
          />
          {pool !== undefined && (
            <Button onClick={() => router.push(sourcesPath(search, { pool: undefined }))}>
              Every pool, not only {pool}
            </Button>
          )}
        </div>
      )}
      <div className="flex flex-col gap-4">
        <div>
          <ListView
            label="Sources"
            noun={['source', 'sources']}
            columns={sourceColumns({ mayWrite, search, among: page, onDone: again })}
            page={page}
            rowKey={({ id }) => id}
            cursor={cursor}
            path={(from) => sourcesPath(search, { cursor: from })}
            sorts={sortsOf(search, { name: ['name', 'ascending'], pool: ['pool', 'ascending'] }, (change) =>
              sourcesPath(search, change),
            )}
            empty={
              filtered ? (
                <NoMatch icon={Split} title="No source is like that" noun="sources" all="/sources">
                  Its name, its pool or its addresses are others.
                </NoMatch>
              ) : (
                <EmptyState icon={Split} title="No sources: the system chooses the address">
                  <p>
                    That is right for one machine with one address. With several, name them here: each with the name
                    that it says, a weight, and a plan for its first days.
                  </p>
                  {add && <div className="mt-4">{add}</div>}
                </EmptyState>
              )
            }
          />
        </div>
        {rules && (!isEmpty || rules.items.length > 0) && (
          <PoolRules first={rules} mayWrite={mayWrite} onDone={again} />
        )}
      </div>
      {adding && <AddSource onClose={() => setAdding(false)} onDone={again} />}
    </>
  );
}
