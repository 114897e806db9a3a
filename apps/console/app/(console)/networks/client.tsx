'use client';

import { Network as NetworkIcon, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Network, Page } from '@postern/admin-contract';
import { Button, EmptyState, formatCountOf } from '@postern/console-ui';
import { AddNetwork } from '../../../features/network/add-dialog.tsx';
import { networkColumns } from '../../../features/network/columns.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { networksPath, type NetworksSearch } from './search-params.ts';

export function NetworksClient(props: {
  readonly page: Page<Network>;
  readonly search: NetworksSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button kind="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
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
      {page.items.length === 0 ? (
        <EmptyState icon={NetworkIcon} title="No network is listed">
          <p>
            Everyone has to sign in with a credential, which is the safest way. List a network only for printers,
            scanners and old machines that cannot sign in.
          </p>
          {mayWrite && <div className="mt-4">{add}</div>}
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Listed networks"
            columns={networkColumns({ mayWrite, onDone: () => router.refresh() })}
            rows={page.items}
            rowKey={({ id }) => id}
          />
          <Pager
            shown={`${formatCountOf(page.items.length, 'network', 'networks')} shown`}
            first={search.cursor ? { href: networksPath(), word: 'First page' } : undefined}
            next={page.nextCursor ? { href: networksPath(page.nextCursor), word: 'Next' } : undefined}
          />
        </>
      )}
      {adding && <AddNetwork onClose={() => setAdding(false)} onDone={() => router.refresh()} />}
    </>
  );
}
