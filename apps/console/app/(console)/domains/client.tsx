'use client';

import { Plus, Signature } from 'lucide-react';
import { useState } from 'react';
import type { Page, SendingDomain } from '@postern/admin-contract';
import { Button, EmptyState, formatCountOf } from '@postern/console-ui';
import { AddDomain } from '../../../features/domain/add-dialog.tsx';
import { DOMAIN_COLUMNS } from '../../../features/domain/columns.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { domainsPath, type DomainsSearch } from './search-params.ts';

export function DomainsClient(props: {
  readonly page: Page<SendingDomain>;
  readonly search: DomainsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const [adding, setAdding] = useState(false);
  const add = (
    <Button kind="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
      Add a domain
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Sending domains"
        says="Whose mail is signed (DKIM), and what the world must find in the DNS to believe it."
        actions={mayWrite && page.items.length > 0 && add}
      />
      {page.items.length === 0 ? (
        <EmptyState icon={Signature} title="No sending domain yet">
          <p>
            Mail without a signature of its author&rsquo;s domain is put aside as spam, or refused, by the large
            providers. Add the domains that your mail is sent as; each page tells which records to publish.
          </p>
          {mayWrite && <div className="mt-4">{add}</div>}
        </EmptyState>
      ) : (
        <>
          <DataTable label="Sending domains" columns={DOMAIN_COLUMNS} rows={page.items} rowKey={({ id }) => id} />
          <Pager
            shown={`${formatCountOf(page.items.length, 'domain', 'domains')} shown`}
            first={search.cursor ? { href: domainsPath(), word: 'First page' } : undefined}
            next={page.nextCursor ? { href: domainsPath(page.nextCursor), word: 'Next' } : undefined}
          />
        </>
      )}
      {adding && <AddDomain onClose={() => setAdding(false)} />}
    </>
  );
}
