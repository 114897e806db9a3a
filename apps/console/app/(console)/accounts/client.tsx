'use client';

import { UserPlus, Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ROLES, type Account, type Invitation, type Page } from '@postern/admin-contract';
import { Button } from '@postern/console-ui';
import { accountColumns } from '../../../features/account/columns.tsx';
import { CreateAccount } from '../../../features/account/create-dialog.tsx';
import { InvitationList } from '../../../features/account/invitation-list.tsx';
import { InviteDialog } from '../../../features/account/invite-dialog.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { accountsPath, invitationQuery, type AccountsSearch } from './search-params.ts';

export function AccountsClient(props: {
  readonly page: Page<Account>;
  /** Absent where they could not be read. */
  readonly invitations: Page<Invitation> | undefined;
  readonly search: AccountsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  useLivePage();
  const { contains, role, cursor } = search.query;
  const go = (change: Parameters<typeof accountsPath>[1]) => router.push(accountsPath(search, change));
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
          <>
            <CsvLink of="/api/v1/accounts.csv" query={search.query} />
            {mayWrite && (
              <>
                <Button onClick={() => setAsked('create')}>Make an account</Button>
                <Button icon={UserPlus} kind="primary" onClick={() => setAsked('invite')}>
                  Invite
                </Button>
              </>
            )}
          </>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox
          className="max-sm:basis-full sm:max-w-md"
          label="Accounts whose address or name contains"
          placeholder="A part of the address or of the name"
          value={contains ?? ''}
          maxLength={254}
          onSearch={(text) => go({ contains: text || undefined })}
        />
        <Choice
          label="Role"
          value={role ?? ''}
          onChange={(given) => go({ role: ROLES.find((each) => each === given) })}
          options={[['', 'Any role'], ...ROLES.map((each) => [each, each] as const)]}
        />
      </div>
      <ListView
        label="Accounts"
        noun={['account', 'accounts']}
        columns={accountColumns({ mayWrite, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        cursor={cursor}
        path={(from) => accountsPath(search, { cursor: from })}
        sorts={sortsOf(search.query, { email: ['email', 'ascending'] }, (change) => accountsPath(search, change))}
        empty={
          <NoMatch icon={Users} title="Nobody is like that" noun="accounts" all="/accounts">
            No account has this in its address or its name, and this role.
          </NoMatch>
        }
      />
      {props.invitations && (
        <InvitationList
          key={search.invitations ?? 'any'}
          first={props.invitations}
          query={invitationQuery(search)}
          path={(invitations) => accountsPath({ ...search, invitations })}
          mayWrite={mayWrite}
          onDone={() => router.refresh()}
        />
      )}
      {asked === 'create' && <CreateAccount onClose={close} />}
      {asked === 'invite' && <InviteDialog onClose={close} />}
    </>
  );
}
