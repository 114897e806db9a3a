'use client';

import { KeyRound, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Credential, Page } from '@postern/admin-contract';
import { Button, EmptyState, formatCountOf } from '@postern/console-ui';
import { credentialColumns } from '../../../features/credential/columns.tsx';
import { CreateCredential } from '../../../features/credential/create-dialog.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { credentialsPath, type CredentialsSearch } from './search-params.ts';

export function CredentialsClient(props: {
  readonly page: Page<Credential>;
  readonly search: CredentialsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const [creating, setCreating] = useState(search.creating && mayWrite);
  const create = (
    <Button kind="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden className="size-4" />
      Create a credential
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Credentials"
        says="Who may submit mail, and as whom. One for each application or device."
        actions={mayWrite && page.items.length > 0 && create}
      />
      {page.items.length === 0 ? (
        <EmptyState icon={KeyRound} title="No credential yet">
          <p>
            An application or a device signs in with a credential to submit mail. It says which senders may be used, so
            a stolen one is worth little.
          </p>
          {mayWrite && <div className="mt-4">{create}</div>}
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Submission credentials"
            columns={credentialColumns({ mayWrite, onDone: () => router.refresh() })}
            rows={page.items}
            rowKey={(credential) => credential.id}
            faded={(credential) => credential.state === 'revoked'}
          />
          <Pager
            shown={`${formatCountOf(page.items.length, 'credential', 'credentials')} shown`}
            first={search.query.cursor ? { href: credentialsPath(), word: 'First page' } : undefined}
            next={page.nextCursor ? { href: credentialsPath(page.nextCursor), word: 'Next' } : undefined}
          />
        </>
      )}
      {creating && (
        <CreateCredential
          onClose={() => {
            setCreating(false);
            if (search.creating) router.replace(credentialsPath());
            router.refresh();
          }}
        />
      )}
    </>
  );
}
