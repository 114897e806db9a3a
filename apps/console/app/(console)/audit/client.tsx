'use client';

import { ScrollText } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { AuditRecord, Page } from '@postern/admin-contract';
import { EmptyState } from '@postern/console-ui';
import { AuditFilter } from '../../../features/audit/audit-filter.tsx';
import { auditColumns } from '../../../features/audit/columns.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { NoMatch } from '../../../features/table/no-match.tsx';
import { endsOf, sortsOf } from '../../../features/table/sorts.ts';
import { useLivePage } from '../../../live/use-live-page.ts';
import { auditPath, type AuditSearch } from './search-params.ts';

export function AuditClient({ page, search }: { readonly page: Page<AuditRecord>; readonly search: AuditSearch }) {
  const router = useRouter();
  useLivePage();
  const filtered = Boolean(search.actor ?? search.action ?? search.subject ?? search.after ?? search.before);
  return (
    <>
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1">
          <AuditFilter
            subject={search.subject ?? ''}
            action={search.action ?? ''}
            actor={search.actor ?? ''}
            after={search.after}
            onChange={(change) => router.push(auditPath(search, change))}
          />
        </div>
        <CsvLink of="/api/v1/audit.csv" query={search} />
      </div>
      <ListView
        label="Audit"
        noun={['entry', 'entries']}
        columns={auditColumns((actor) => auditPath(search, { actor }))}
        page={page}
        rowKey={({ id }) => id}
        cursor={search.cursor}
        path={(cursor) => auditPath(search, { cursor })}
        sorts={sortsOf(search, { when: ['at', 'descending'] }, (change) => auditPath(search, change))}
        words={endsOf(search.order)}
        empty={
          filtered ? (
            <NoMatch icon={ScrollText} title="No entry is like that" noun="entries" all="/audit">
              Nothing of the kind was done, or not under this name. Names are compared whole.
            </NoMatch>
          ) : (
            <EmptyState icon={ScrollText} title="Nothing was done yet">
              <p>Each change that an operator makes, here or at the command line, leaves an entry.</p>
            </EmptyState>
          )
        }
      />
    </>
  );
}
