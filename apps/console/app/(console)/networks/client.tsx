'use client';

import { Network as NetworkIcon, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Network, Page } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { AddNetwork } from '../../../features/network/add-dialog.tsx';
import { networkColumns } from '../../../features/network/columns.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { useTrends } from '../../../features/trend/use-trends.ts';
import { browserApi } from '../../../live/browser-api.ts';
import { networksPath, type NetworksSearch } from './search-params.ts';

export function NetworksClient(props: {
  readonly page: Page<Network>;
  readonly search: NetworksSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const trends = useTrends(
    browserApi.networkTrends,
    page.items.map(({ id }) => id),
  );
  const [adding, setAdding] = useState(search.adding && mayWrite);
  const add = (
    <Button icon={Plus} kind="primary" onClick={() => setAdding(true)}>
      List a network
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Listed networks"
        says="Whose hosts may relay without signing in: for devices that cannot."
        actions={mayWrite && page.items.length > 0 && add}
      />
      <ListView
        label="Listed networks"
        noun={['network', 'networks']}
        columns={networkColumns({ trends, mayWrite, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        cursor={search.query.cursor}
        path={networksPath}
        empty={
          <EmptyState icon={NetworkIcon} title="No network is listed">
            <p>
              Everyone has to sign in with a credential, which is the safest way. List a network only for printers,
              scanners and old machines that cannot sign in.
            </p>
            {mayWrite && <div className="mt-4">{add}</div>}
          </EmptyState>
        }
      />
      {adding && (
        <AddNetwork
          onClose={() => {
            setAdding(false);
            if (search.adding) router.replace(networksPath());
          }}
          onDone={() => router.refresh()}
        />
      )}
    </>
  );
}
