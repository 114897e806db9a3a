'use client';

import { ScrollText } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { AuditRecord, Page } from '@postern/admin-contract';
import { EmptyState } from '@postern/console-ui';
import { AuditFilter } from '../../../features/audit/audit-filter.tsx';
import { AUDIT_COLUMNS } from '../../../features/audit/columns.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { ListView } from '../../../features/table/list-view.tsx';
import { searchPath } from '../../../features/table/search-of.ts';
import { auditPath, type AuditSearch } from './search-params.ts';

export function AuditClient({ page, search }: { readonly page: Page<AuditRecord>; readonly search: AuditSearch }) {
  const router = useRouter();
  const filtered = Boolean(search.actor ?? search.action ?? search.subject ?? search.after ?? search.before);
  return (
    <>
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1">
          <AuditFilter
            subject={search.subject ?? ''}
            action={search.action ?? ''}
            onChange={({ subject, action }) =>
              router.push(
                auditPath(search, {
                  ...(subject === undefined ? {} : { subject: subject || undefined }),
                  ...(action === undefined ? {} : { action: action || undefined }),
                }),
              )
            }
          />
        </div>
        <CsvLink href={csvPath(search)} />
      </div>
      <ListView
        label="Audit"
        noun={['entry', 'entries']}
        columns={AUDIT_COLUMNS}
        page={page}
        rowKey={({ id }) => id}
        cursor={search.cursor}
        path={(cursor) => auditPath(search, { cursor })}
        words={{ first: 'Latest', next: 'Older' }}
        empty={
          <EmptyState icon={ScrollText} title={filtered ? 'No entry is like that' : 'Nothing was done yet'}>
            <p>
              {filtered
                ? 'Nothing of the kind was done, or not under this name. Names are compared whole.'
                : 'Each change that an operator makes, here or at the command line, leaves an entry.'}
            </p>
          </EmptyState>
        }
      />
    </>
  );
}

function csvPath({ actor, action, subject, after, before }: AuditSearch): string {
  return searchPath('/api/v1/audit.csv', { actor, action, subject, after, before });
}
