'use client';

import { Network as NetworkIcon, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { Network, Page } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { AddNetwork } from '../../../features/network/add-dialog.tsx';
import { networkColumns } from '../../../features/network/columns.tsx';
import { useAskedOpen } from '../../../features/form/use-asked-open.ts';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { useTrends } from '../../../features/trend/use-trends.ts';
import { browserApi } from '../../../live/browser-api.ts';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { networksPath, type NetworksSearch } from './search-params.ts';

export function NetworksClient(props: {
  readonly page: Page<Network>;
  readonly search: NetworksSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const { contains, cursor } = search.query;
  const router = useRouter();
  const trends = useTrends(
    browserApi.networkTrends,
    page.items.map(({ id }) => id),
  );
  useLivePage();
  const [adding, setAdding] = useAskedOpen(search.adding && mayWrite);
  const isEmpty = page.items.length === 0 && contains === undefined && cursor === undefined;
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
        actions={
          !isEmpty && (
            <>
              <CsvLink of="/api/v1/networks.csv" query={search.query} />
              {mayWrite && add}
            </>
          )
        }
      />
      {!isEmpty && (
        <SearchBox
          className="mb-3 sm:max-w-md"
          label="Networks, owners or senders that contain this, or networks that this address is in"
          placeholder="Address, owner or sender…"
          value={contains ?? ''}
          maxLength={254}
          onSearch={(text) => router.push(networksPath(search, { contains: text || undefined }))}
        />
      )}
      <ListView
        label="Listed networks"
        noun={['network', 'networks']}
        columns={networkColumns({ trends, mayWrite, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        cursor={cursor}
        path={(from) => networksPath(search, { cursor: from })}
        sorts={sortsOf(
          search.query,
          { cidr: ['cidr', 'ascending', 'numbers'], listed: ['created', 'descending'] },
          (change) => networksPath(search, change),
        )}
        empty={
          contains !== undefined ? (
            <NoMatch icon={NetworkIcon} title="No network is like that" noun="networks" all="/networks">
              None has this in its address, its owner, its tag or its senders, and this address is in none.
            </NoMatch>
          ) : (
            <EmptyState icon={NetworkIcon} title="No network is listed">
              <p>
                Everyone has to sign in with a credential, which is the safest way. List a network only for printers,
                scanners and old machines that cannot sign in.
              </p>
              {mayWrite && <div className="mt-4">{add}</div>}
            </EmptyState>
          )
        }
      />
      {adding && (
        <AddNetwork
          onClose={() => {
            setAdding(false);
            if (search.adding) router.replace(networksPath(search));
          }}
          onDone={() => router.refresh()}
        />
      )}
    </>
  );
}
