'use client';

import { UserPlus, Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ROLES, type Account, type Invitation, type Page } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { accountColumns } from '../../../features/account/columns.tsx';
import { CreateAccount } from '../../../features/account/create-dialog.tsx';
import { InvitationList } from '../../../features/account/invitation-list.tsx';
import { InviteDialog } from '../../../features/account/invite-dialog.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { accountsPath, type AccountsSearch } from './search-params.ts';

export function AccountsClient(props: {
  readonly page: Page<Account>;
  readonly invitations: readonly Invitation[];
  readonly search: AccountsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const go = (change: Partial<AccountsSearch>) => router.push(accountsPath(search, change));
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
              <Button icon={UserPlus} kind="primary" onClick={() => setAsked('invite')}>
                Invite
              </Button>
            </>
          )
        }
      />
      <InvitationList invitations={props.invitations} mayWrite={mayWrite} onDone={() => router.refresh()} />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox
          className="max-sm:basis-full sm:max-w-md"
          label="Accounts whose address or name contains"
          placeholder="A part of the address or of the name"
          value={search.contains ?? ''}
          maxLength={254}
          onSearch={(contains) => go({ contains: contains || undefined })}
        />
        <Choice
          label="Role"
          value={search.role ?? ''}
          onChange={(given) => go({ role: ROLES.find((role) => role === given) })}
          options={[['', 'Any role'], ...ROLES.map((role) => [role, role] as const)]}
        />
      </div>
      <ListView
        label="Accounts"
        noun={['account', 'accounts']}
        columns={accountColumns({ mayWrite, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        cursor={search.cursor}
        path={(cursor) => accountsPath(search, { cursor })}
        sorts={sortsOf(search, { email: ['email', 'ascending'] }, (change) => accountsPath(search, change))}
        empty={
          <EmptyState icon={Users} title="Nobody is like that">
            <p>No account has this in its address or its name, and this role.</p>
          </EmptyState>
        }
      />
      {asked === 'create' && <CreateAccount onClose={close} />}
      {asked === 'invite' && <InviteDialog onClose={close} />}
    </>
  );
}
