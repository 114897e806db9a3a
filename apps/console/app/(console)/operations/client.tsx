'use client';

import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { OPERATION_KINDS, OPERATION_STATES, type Operation, type Page } from '@postern/admin-contract';
import { buttonLook, EmptyState } from '@postern/console-ui';
import { operationColumns } from '../../../features/operation/columns.tsx';
import { OPERATION_WORDS } from '../../../features/operation/words.ts';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { endsOf, sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { operationsPath, type OperationsSearch } from './search-params.ts';

export function OperationsClient(props: {
  readonly page: Page<Operation>;
  readonly search: OperationsSearch;
  readonly mayCommand: boolean;
}) {
  const { page, search, mayCommand } = props;
  const router = useRouter();
  useLivePage();
  const filtered = Boolean(search.kind ?? search.state);
  const go = (change: Partial<OperationsSearch>) => router.push(operationsPath(search, change));
  return (
    <>
      <PageHeading
        title="Operations"
        says="Commands on many messages at once, and how far each has come."
        actions={(filtered || page.items.length > 0) && <CsvLink of="/api/v1/operations.csv" query={search} />}
      />
      {(filtered || page.items.length > 0) && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <Choice
            label="Command"
            value={search.kind ?? ''}
            onChange={(given) => go({ kind: OPERATION_KINDS.find((kind) => kind === given) })}
            options={[
              ['', 'Any command'],
              ...OPERATION_KINDS.map((kind) => [kind, OPERATION_WORDS[kind].verb] as const),
            ]}
          />
          <Choice
            label="State"
            value={search.state ?? ''}
            onChange={(given) => go({ state: OPERATION_STATES.find((state) => state === given) })}
            options={[['', 'In any state'], ...OPERATION_STATES.map((state) => [state, state] as const)]}
          />
        </div>
      )}
      <ListView
        label="Operations"
        noun={['operation', 'operations']}
        columns={operationColumns(mayCommand)}
        page={page}
        rowKey={({ id }) => id}
        faded={({ state }) => state === 'cancelled'}
        cursor={search.cursor}
        path={(cursor) => operationsPath(search, { cursor })}
        sorts={sortsOf(search, { when: ['created', 'descending'] }, (change) => operationsPath(search, change))}
        words={endsOf(search.order)}
        empty={
          filtered ? (
            <NoMatch icon={ListChecks} title="No operation is like that" noun="operations" all="/operations">
              None was of this kind and is in this state.
            </NoMatch>
          ) : (
            <EmptyState icon={ListChecks} title="No operation yet">
              <p>Search for messages; then one command holds, retries, reroutes or gives up all that were found.</p>
              <div className="mt-4">
                <Link href="/messages" prefetch={false} className={buttonLook('plain')}>
                  Search messages
                </Link>
              </div>
            </EmptyState>
          )
        }
      />
    </>
  );
}
