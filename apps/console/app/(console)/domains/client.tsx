'use client';

import { Plus, Signature } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Page, SendingDomain } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { AddDomain } from '../../../features/domain/add-dialog.tsx';
import { DOMAIN_COLUMNS } from '../../../features/domain/columns.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { domainsPath, type DomainsSearch } from './search-params.ts';

export function DomainsClient(props: {
  readonly page: Page<SendingDomain>;
  readonly search: DomainsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const isEmpty = page.items.length === 0 && search.name === undefined && search.cursor === undefined;
  useLivePage();
  const add = (
    <Button icon={Plus} kind="primary" onClick={() => setAdding(true)}>
      Add a domain
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Sending domains"
        says="Whose mail is signed (DKIM), and what the world must find in the DNS to believe it."
        actions={
          !isEmpty && (
            <>
              <CsvLink of="/api/v1/domains.csv" query={search} />
              {mayWrite && add}
            </>
          )
        }
      />
      {!isEmpty && (
        <SearchBox
          className="mb-3 sm:max-w-md"
          label="Domains whose name contains"
          placeholder="Name contains…"
          value={search.name ?? ''}
          maxLength={255}
          onSearch={(name) => router.push(domainsPath(search, { name: name || undefined }))}
        />
      )}
      <ListView
        label="Sending domains"
        noun={['domain', 'domains']}
        columns={DOMAIN_COLUMNS}
        page={page}
        rowKey={({ id }) => id}
        cursor={search.cursor}
        path={(cursor) => domainsPath(search, { cursor })}
        sorts={sortsOf(search, { name: ['name', 'ascending'] }, (change) => domainsPath(search, change))}
        empty={
          search.name !== undefined ? (
            <NoMatch icon={Signature} title="No domain is called so" noun="domains" all="/domains">
              No sending domain&rsquo;s name contains this.
            </NoMatch>
          ) : (
            <EmptyState icon={Signature} title="No sending domain yet">
              <p>
                Mail without a signature of its author&rsquo;s domain is put aside as spam, or refused, by the large
                providers. Add the domains that your mail is sent as; each page tells which records to publish.
              </p>
              {mayWrite && <div className="mt-4">{add}</div>}
            </EmptyState>
          )
        }
      />
      {adding && <AddDomain onClose={() => setAdding(false)} />}
    </>
  );
}
