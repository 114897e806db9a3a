'use client';

import { Plus, Waypoints } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { MailRoute, Page } from '@postern/admin-contract';
import { Button, EmptyState, formatCountOf } from '@postern/console-ui';
import { routeColumns } from '../../../features/route/columns.tsx';
import { RouteDialog } from '../../../features/route/route-dialog.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { routesPath, type RoutesSearch } from './search-params.ts';

export function RoutesClient(props: {
  readonly page: Page<MailRoute>;
  readonly search: RoutesSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const add = mayWrite && (
    <Button kind="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
      Add a route
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Routes"
        says="Mail that goes to a smarthost instead of the recipients' mail hosts. They are asked in this order."
        actions={page.items.length > 0 && add}
      />
      {page.items.length === 0 ? (
        <EmptyState icon={Waypoints} title="No routes: mail goes to the recipients' mail hosts">
          <p>
            A route sends the mail of some recipients or senders through an upstream: Microsoft 365, a provider, a relay
            of a partner. It can also drop or refuse it.
          </p>
          <div className="mt-4">{add}</div>
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Routes"
            columns={routeColumns({ mayWrite, among: page.items, onDone: () => router.refresh() })}
            rows={page.items}
            rowKey={({ id }) => id}
          />
          <Pager
            shown={`${formatCountOf(page.items.length, 'route', 'routes')} shown`}
            first={search.cursor ? { href: routesPath(search), word: 'First' } : undefined}
            next={page.nextCursor ? { href: routesPath(search, { cursor: page.nextCursor }), word: 'Next' } : undefined}
          />
        </>
      )}
      {adding && <RouteDialog route={undefined} onClose={() => setAdding(false)} onDone={() => router.refresh()} />}
    </>
  );
}
