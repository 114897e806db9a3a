'use client';

import { KeyRound, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { CREDENTIAL_STATES, type Credential, type Page } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { credentialColumns } from '../../../features/credential/columns.tsx';
import { CreateCredential } from '../../../features/credential/create-dialog.tsx';
import { useAskedOpen } from '../../../features/form/use-asked-open.ts';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { useTrends } from '../../../features/trend/use-trends.ts';
import { browserApi } from '../../../live/browser-api.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { credentialsPath, type CredentialsSearch } from './search-params.ts';

export function CredentialsClient(props: {
  readonly page: Page<Credential>;
  readonly search: CredentialsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const { name, state, cursor } = search.query;
  useLivePage();
  const router = useRouter();
  const trends = useTrends(
    browserApi.credentialTrends,
    page.items.map(({ id }) => id),
  );
  const [creating, setCreating] = useAskedOpen(search.creating && mayWrite);
  const filtered = name !== undefined || state !== undefined;
  const isEmpty = page.items.length === 0 && !filtered && cursor === undefined;
  const create = (
    <Button icon={Plus} kind="primary" onClick={() => setCreating(true)}>
      Create a credential
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Credentials"
        says="Who may submit mail, and as whom. One for each application or device."
        actions={
          !isEmpty && (
            <>
              <CsvLink of="/api/v1/credentials.csv" query={search.query} />
              {mayWrite && create}
            </>
          )
        }
      />
      {!isEmpty && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <SearchBox
            className="max-sm:basis-full sm:max-w-md"
            label="Credentials whose name contains"
            placeholder="Name contains…"
            value={name ?? ''}
            maxLength={64}
            onSearch={(text) => router.push(credentialsPath(search, { name: text.toLowerCase() || undefined }))}
          />
          <Choice
            label="State"
            value={state ?? ''}
            onChange={(value) =>
              router.push(credentialsPath(search, { state: CREDENTIAL_STATES.find((each) => each === value) }))
            }
            options={[['', 'Any state'], ...CREDENTIAL_STATES.map((each) => [each, each] as const)]}
          />
        </div>
      )}
      <ListView
        label="Submission credentials"
        noun={['credential', 'credentials']}
        columns={credentialColumns({ trends, mayWrite, onDone: () => router.refresh() })}
        page={page}
        rowKey={(credential) => credential.id}
        faded={(credential) => credential.state === 'revoked'}
        cursor={cursor}
        path={(from) => credentialsPath(search, { cursor: from })}
        sorts={sortsOf(search.query, { name: ['name', 'ascending'], created: ['created', 'descending'] }, (change) =>
          credentialsPath(search, change),
        )}
        empty={
          filtered ? (
            <NoMatch icon={KeyRound} title="No credential is like that" noun="credentials" all="/credentials">
              Its name or its state is another one.
            </NoMatch>
          ) : (
            <EmptyState icon={KeyRound} title="No credential yet">
              <p>
                An application or a device signs in with a credential to submit mail. It says which senders may be used,
                so a stolen one is worth little.
              </p>
              {mayWrite && <div className="mt-4">{create}</div>}
            </EmptyState>
          )
        }
      />
      {creating && (
        <CreateCredential
          onClose={() => {
            setCreating(false);
            if (search.creating) router.replace(credentialsPath(search));
            router.refresh();
          }}
        />
      )}
    </>
  );
}
