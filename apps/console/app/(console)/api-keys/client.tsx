'use client';

import { Plus, Webhook } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ApiKey, Page, Permission } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { apiKeyColumns } from '../../../features/api-key/columns.tsx';
import { CreateApiKey } from '../../../features/api-key/create-dialog.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { apiKeysPath, type ApiKeysSearch } from './search-params.ts';

export function ApiKeysClient(props: {
  readonly page: Page<ApiKey>;
  readonly search: ApiKeysSearch;
  readonly permissions: readonly Permission[];
}) {
  const { page, search, permissions } = props;
  const router = useRouter();
  useLivePage();
  const [creating, setCreating] = useState(false);
  const isEmpty = page.items.length === 0 && search.name === undefined && search.cursor === undefined;
  const mayWrite = permissions.includes('api-keys:write');
  const create = (
    <Button icon={Plus} kind="primary" onClick={() => setCreating(true)}>
      Create an API key
    </Button>
  );
  return (
    <>
      <PageHeading
        title="API keys"
        says="How programs come into the admin API: each with what it needs, and no more."
        actions={
          !isEmpty && (
            <>
              <CsvLink of="/api/v1/api-keys.csv" query={search} />
              {mayWrite && create}
            </>
          )
        }
      />
      {!isEmpty && (
        <SearchBox
          className="mb-3 sm:max-w-md"
          label="API keys whose name contains"
          placeholder="Name contains…"
          value={search.name ?? ''}
          maxLength={64}
          onSearch={(name) => router.push(apiKeysPath(search, { name: name || undefined }))}
        />
      )}
      <ListView
        label="API keys"
        noun={['key', 'keys']}
        columns={apiKeyColumns({ mayWrite, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        faded={({ state }) => state !== 'active'}
        cursor={search.cursor}
        path={(cursor) => apiKeysPath(search, { cursor })}
        sorts={sortsOf(search, { name: ['name', 'ascending'], created: ['created', 'descending'] }, (change) =>
          apiKeysPath(search, change),
        )}
        empty={
          search.name !== undefined ? (
            <NoMatch icon={Webhook} title="No key is called so" noun="keys" all="/api-keys">
              No name of a key contains this.
            </NoMatch>
          ) : (
            <EmptyState icon={Webhook} title="No API key yet">
              <p>
                A program that watches queues or makes credentials signs in with a key of its own. Everything that the
                console does, the API does; its description is at <code className="font-mono">/api/openapi.json</code>.
              </p>
              {mayWrite && <div className="mt-4">{create}</div>}
            </EmptyState>
          )
        }
      />
      {creating && (
        <CreateApiKey
          permissions={permissions}
          onClose={() => {
            setCreating(false);
            router.refresh();
          }}
        />
      )}
    </>
  );
}
