'use client';

import { ScrollText } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { AuditRecord, Page } from '@postern/admin-contract';
import { EmptyState, formatCountOf } from '@postern/console-ui';
import { AuditFilter } from '../../../features/audit/audit-filter.tsx';
import { AUDIT_COLUMNS } from '../../../features/audit/columns.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { auditPath, type AuditSearch } from './search-params.ts';

export function AuditClient({ page, search }: { readonly page: Page<AuditRecord>; readonly search: AuditSearch }) {
  const router = useRouter();
  const filtered = Boolean(search.actor ?? search.action ?? search.subject ?? search.after ?? search.before);
  return (
    <>
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
      {page.items.length === 0 ? (
        <EmptyState icon={ScrollText} title={filtered ? 'No entry is like that' : 'Nothing was done yet'}>
          <p>
            {filtered
              ? 'Nothing of the kind was done, or not under this name. Names are compared whole.'
              : 'Each change that an operator makes, here or at the command line, leaves an entry.'}
          </p>
        </EmptyState>
      ) : (
        <>
          <DataTable label="Audit" columns={AUDIT_COLUMNS} rows={page.items} rowKey={({ id }) => id} />
          <Pager
            shown={`${formatCountOf(page.items.length, 'entry', 'entries')} shown`}
            first={search.cursor ? { href: auditPath(search), word: 'Latest' } : undefined}
            next={page.nextCursor ? { href: auditPath(search, { cursor: page.nextCursor }), word: 'Older' } : undefined}
          />
        </>
      )}
    </>
  );
}
