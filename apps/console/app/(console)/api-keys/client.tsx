'use client';

import { Plus, Webhook } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ApiKey, Page, Permission } from '@postern/admin-contract';
import { Button, EmptyState, formatCountOf } from '@postern/console-ui';
import { apiKeyColumns } from '../../../features/api-key/columns.tsx';
import { CreateApiKey } from '../../../features/api-key/create-dialog.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { apiKeysPath, type ApiKeysSearch } from './search-params.ts';

export function ApiKeysClient(props: {
  readonly page: Page<ApiKey>;
  readonly search: ApiKeysSearch;
  readonly permissions: readonly Permission[];
}) {
  const { page, search, permissions } = props;
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  const mayWrite = permissions.includes('api-keys:write');
  const create = (
    <Button kind="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden className="size-4" />
      Create an API key
    </Button>
  );
  return (
    <>
      <PageHeading
        title="API keys"
        says="How programs come into the admin API: each with what it needs, and no more."
        actions={mayWrite && page.items.length > 0 && create}
      />
      {page.items.length === 0 ? (
        <EmptyState icon={Webhook} title="No API key yet">
          <p>
            A program that watches queues or makes credentials signs in with a key of its own. Everything that the
            console does, the API does; its description is at <code className="font-mono">/api/openapi.json</code>.
          </p>
          {mayWrite && <div className="mt-4">{create}</div>}
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="API keys"
            columns={apiKeyColumns({ mayWrite, onDone: () => router.refresh() })}
            rows={page.items}
            rowKey={({ id }) => id}
            faded={({ state }) => state !== 'active'}
          />
          <Pager
            shown={`${formatCountOf(page.items.length, 'key', 'keys')} shown`}
            first={search.cursor ? { href: apiKeysPath(), word: 'First page' } : undefined}
            next={page.nextCursor ? { href: apiKeysPath(page.nextCursor), word: 'Next' } : undefined}
          />
        </>
      )}
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
