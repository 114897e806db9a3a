'use client';

import { UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Account, Page } from '@postern/admin-contract';
import { Button, formatCountOf } from '@postern/console-ui';
import { accountColumns } from '../../../features/account/columns.tsx';
import { CreateAccount } from '../../../features/account/create-dialog.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { accountsPath, type AccountsSearch } from './search-params.ts';

export function AccountsClient(props: {
  readonly page: Page<Account>;
  readonly search: AccountsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <PageHeading
        title="Accounts"
        says="Who may sign in to this console, and what they may do."
        actions={
          mayWrite && (
            <Button kind="primary" onClick={() => setCreating(true)}>
              <UserPlus aria-hidden className="size-4" />
              Make an account
            </Button>
          )
        }
      />
      <DataTable
        label="Accounts"
        columns={accountColumns({ mayWrite, onDone: () => router.refresh() })}
        rows={page.items}
        rowKey={({ id }) => id}
      />
      <Pager
        shown={`${formatCountOf(page.items.length, 'account', 'accounts')} shown`}
        first={search.cursor ? { href: accountsPath(), word: 'First page' } : undefined}
        next={page.nextCursor ? { href: accountsPath(page.nextCursor), word: 'Next' } : undefined}
      />
      {creating && (
        <CreateAccount
          onClose={() => {
            setCreating(false);
            router.refresh();
          }}
        />
      )}
    </>
  );
}
