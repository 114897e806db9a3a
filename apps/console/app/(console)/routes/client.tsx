'use client';

import { Plus, Waypoints } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ROUTE_KINDS, type MailRoute, type Page } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { routeColumns } from '../../../features/route/columns.tsx';
import { AddRoute } from '../../../features/route/route-dialog.tsx';
import { KIND_WORDS } from '../../../features/route/words.ts';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { routesPath, type RoutesSearch } from './search-params.ts';

export function RoutesClient(props: {
  readonly page: Page<MailRoute>;
  readonly search: RoutesSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const { name, kind, sort, order, cursor } = search;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  useLivePage();
  const filtered = name !== undefined || kind !== undefined;
  const isEmpty = page.items.length === 0 && !filtered && cursor === undefined;
  // Only where all routes stand in their order does one see which is asked before which.
  const among = filtered || sort !== 'position' || order !== 'ascending' ? [] : page.items;
  const add = mayWrite && (
    <Button icon={Plus} kind="primary" onClick={() => setAdding(true)}>
      Add a route
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Routes"
        says="Mail that goes to a smarthost instead of the recipients' mail hosts. The first route that takes a recipient has it."
        actions={
          !isEmpty && (
            <>
              <CsvLink of="/api/v1/routes.csv" query={search} />
              {add}
            </>
          )
        }
      />
      {!isEmpty && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <SearchBox
            className="max-sm:basis-full sm:max-w-md"
            label="Routes whose name or host contains"
            placeholder="Name or host contains…"
            value={name ?? ''}
            maxLength={255}
            onSearch={(text) => router.push(routesPath(search, { name: text || undefined }))}
          />
          <Choice
            label="Kind"
            value={kind ?? ''}
            onChange={(value) => router.push(routesPath(search, { kind: ROUTE_KINDS.find((each) => each === value) }))}
            options={[['', 'Wherever it goes'], ...ROUTE_KINDS.map((each) => [each, KIND_WORDS[each]] as const)]}
          />
        </div>
      )}
      <ListView
        label="Routes"
        noun={['route', 'routes']}
        columns={routeColumns({ mayWrite, among, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        cursor={cursor}
        path={(from) => routesPath(search, { cursor: from })}
        sorts={sortsOf(
          search,
          { position: ['position', 'ascending', 'numbers'], name: ['name', 'ascending'] },
          (change) => routesPath(search, change),
        )}
        empty={
          filtered ? (
            <NoMatch icon={Waypoints} title="No route is like that" noun="routes" all="/routes">
              Its name, its hosts or where it goes are others.
            </NoMatch>
          ) : (
            <EmptyState icon={Waypoints} title="No routes: mail goes to the recipients' mail hosts">
              <p>
                A route sends the mail of some recipients or senders through an upstream: Microsoft 365, a provider, a
                relay of a partner. It can also drop or refuse it.
              </p>
              {add && <div className="mt-4">{add}</div>}
            </EmptyState>
          )
        }
      />
      {adding && <AddRoute onClose={() => setAdding(false)} onDone={() => router.refresh()} />}
    </>
  );
}
