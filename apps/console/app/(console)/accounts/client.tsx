'use client';

import { UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Account, Invitation, Page } from '@postern/admin-contract';
import { Button, formatCountOf } from '@postern/console-ui';
import { accountColumns } from '../../../features/account/columns.tsx';
import { CreateAccount } from '../../../features/account/create-dialog.tsx';
import { InvitationList } from '../../../features/account/invitation-list.tsx';
import { InviteDialog } from '../../../features/account/invite-dialog.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { accountsPath, type AccountsSearch } from './search-params.ts';

export function AccountsClient(props: {
  readonly page: Page<Account>;
  readonly invitations: readonly Invitation[];
  readonly search: AccountsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const [asked, setAsked] = useState<'invite' | 'create' | undefined>(undefined);
  const close = () => {
    setAsked(undefined);
    router.refresh();
  };
  return (
    <>
      <PageHeading
        title="Accounts"
        says="Who may sign in to this console, and what they may do."
        actions={
          mayWrite && (
            <>
              <Button onClick={() => setAsked('create')}>Make an account</Button>
              <Button kind="primary" onClick={() => setAsked('invite')}>
                <UserPlus aria-hidden className="size-4" />
                Invite
              </Button>
            </>
          )
        }
      />
      <InvitationList invitations={props.invitations} mayWrite={mayWrite} onDone={() => router.refresh()} />
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
      {asked === 'create' && <CreateAccount onClose={close} />}
      {asked === 'invite' && <InviteDialog onClose={close} />}
    </>
  );
}
