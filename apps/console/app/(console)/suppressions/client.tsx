'use client';

import { MailX, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Page, Suppression } from '@postern/admin-contract';
import { Button, EmptyState } from '@postern/console-ui';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { AddSuppression } from '../../../features/suppression/add-dialog.tsx';
import { suppressionColumns } from '../../../features/suppression/columns.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { Choice } from '../../../features/table/choice.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { suppressionsPath, type SuppressionsSearch } from './search-params.ts';

const SOURCES = [
  ['reply', 'From a reply'],
  ['returned', 'From a bounce that came back'],
  ['complaint', 'From a complaint'],
  ['manual', 'Added by hand'],
  ['import', 'Imported'],
] as const;
/** The classes that suppress, and what people say. */
const REASONS: readonly string[] = [
  'recipient_unknown',
  'recipient_disabled',
  'domain_unknown',
  'domain_refuses_mail',
  'complaint',
  'manual',
];

export function SuppressionsClient(props: {
  readonly page: Page<Suppression>;
  readonly search: SuppressionsSearch;
  readonly mayWrite: boolean;
}) {
  const { page, search, mayWrite } = props;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  useLivePage();
  const reasons = search.class && !REASONS.includes(search.class) ? [...REASONS, search.class] : REASONS;
  const filtered = Boolean(search.contains ?? search.class ?? search.source);
  return (
    <>
      <PageHeading
        title="Suppressions"
        says="Addresses that are not sent to: those that proved to be gone, those that complained, and those put here by hand."
        actions={
          <>
            <CsvLink of="/api/v1/suppressions.csv" query={search} />
            {mayWrite && (
              <Button icon={Plus} kind="primary" onClick={() => setAdding(true)}>
                Suppress an address
              </Button>
            )}
          </>
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox
          className="max-sm:basis-full sm:max-w-md"
          label="Addresses that contain"
          placeholder="A part of the address"
          value={search.contains ?? ''}
          maxLength={320}
          onSearch={(contains) => router.push(suppressionsPath(search, { contains: contains || undefined }))}
        />
        <Choice
          label="Where from"
          value={search.source ?? ''}
          onChange={(given) =>
            router.push(suppressionsPath(search, { source: SOURCES.find(([source]) => source === given)?.[0] }))
          }
          options={[['', 'From anywhere'], ...SOURCES]}
        />
        <Choice
          label="Why"
          value={search.class ?? ''}
          onChange={(given) => router.push(suppressionsPath(search, { class: given || undefined }))}
          options={[['', 'For any reason'], ...reasons.map((reason) => [reason, reason.replaceAll('_', ' ')] as const)]}
        />
      </div>
      <ListView
        label="Suppressions"
        noun={['suppression', 'suppressions']}
        columns={suppressionColumns({ mayWrite, onDone: () => router.refresh() })}
        page={page}
        rowKey={({ id }) => id}
        cursor={search.cursor}
        path={(cursor) => suppressionsPath(search, { cursor })}
        sorts={sortsOf(search, { address: ['address', 'ascending'], since: ['created', 'descending'] }, (change) =>
          suppressionsPath(search, change),
        )}
        empty={
          filtered ? (
            <NoMatch icon={MailX} title="No suppression is like that" noun="suppressions" all="/suppressions">
              The address is sent to, or it is written otherwise.
            </NoMatch>
          ) : (
            <EmptyState icon={MailX} title="Nobody is suppressed">
              <p>
                When a mail host says that an address does not exist, it is put here, so that nothing more is sent in
                vain.
              </p>
            </EmptyState>
          )
        }
      />
      {adding && <AddSuppression onClose={() => setAdding(false)} onDone={() => router.refresh()} />}
    </>
  );
}
