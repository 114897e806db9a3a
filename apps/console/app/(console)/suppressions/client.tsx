'use client';

import { MailX, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Page, Suppression } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { AddSuppression } from '../../../features/suppression/add-dialog.tsx';
import { suppressionColumns } from '../../../features/suppression/columns.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { searchPath } from '../../../features/table/search-of.ts';
import { suppressionsPath, type SuppressionsSearch } from './search-params.ts';

export function SuppressionsClient(props: {
  readonly page: Page<Suppression>;
  readonly search: SuppressionsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const filtered = Boolean(search.contains ?? search.class ?? search.source);
  return (
    <>
      <PageHeading
        title="Suppressions"
        says="Addresses that are not sent to: those that proved to be gone, those that complained, and those put here by hand."
        actions={
          <>
            <CsvLink
              href={searchPath('/api/v1/suppressions.csv', {
                contains: search.contains,
                class: search.class,
                source: search.source,
              })}
            />
            {mayWrite && (
              <Button kind="primary" onClick={() => setAdding(true)}>
                <Plus aria-hidden className="size-4" />
                Suppress an address
              </Button>
            )}
          </>
        }
      />
      <SearchBox
        className="mb-3 max-w-xl"
        label="Addresses that contain"
        placeholder="A part of the address"
        value={search.contains ?? ''}
        maxLength={320}
        onSearch={(contains) => router.push(suppressionsPath(search, { contains: contains || undefined }))}
      />
      <ListView
        label="Suppressions"
        noun={['suppression', 'suppressions']}
        columns={suppressionColumns({ mayWrite, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        cursor={search.cursor}
        path={(cursor) => suppressionsPath(search, { cursor })}

        empty={
          <EmptyState icon={MailX} title={filtered ? 'No suppression is like that' : 'Nobody is suppressed'}>
            <p>
              {filtered
                ? 'The address is sent to, or it is written otherwise.'
                : 'When a mail host says that an address does not exist, it is put here, so that nothing more is sent in vain.'}
            </p>
          </EmptyState>
        }
      />
      {adding && <AddSuppression onClose={() => setAdding(false)} onDone={() => router.refresh()} />}
    </>
  );
}
