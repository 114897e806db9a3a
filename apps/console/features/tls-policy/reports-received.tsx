'use client';

import { FileInput, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { TlsReportReceived } from '@postern/admin-contract';
import { Button, EmptyState, formatCount, OutsideText, TONE_TEXT } from '@postern/console-ui';
import { type Column, DataTable } from '../table/data-table.tsx';
import { failureLines } from './failure-details.ts';
import { FailureLine } from './failure-line.tsx';
import { UploadReport } from './upload-report.tsx';

const COLUMNS: readonly Column<TlsReportReceived>[] = [
  {
    key: 'organization',
    heading: 'From',
    narrow: 'lead',
    cell: ({ organization, signedBy }) => (
      <span className="break-words">
        <span className="font-medium">
          <OutsideText text={organization} empty="nobody named" />
        </span>
        <span className="block text-xs text-ink-soft">
          {signedBy === null ? (
            'taken in by hand'
          ) : (
            <>
              signed by <OutsideText text={signedBy} />
            </>
          )}
        </span>
      </span>
    ),
  },
  {
    key: 'day',
    heading: 'Day',
    narrow: 'line',
    className: 'text-ink-soft tabular-nums',
    // A day of UTC, whatever zone it is read in (RFC 8460 §4.1).
    cell: ({ startAt }) => startAt.slice(0, 10),
  },
  {
    key: 'domains',
    heading: 'About',
    narrow: 'line',
    className: 'break-all',
    cell: ({ domains }) => <OutsideText text={domains.slice(0, 5).join(', ')} />,
  },
  {
    key: 'sessions',
    heading: 'Failed',
    narrow: 'trail',
    align: 'end',
    className: 'tabular-nums',
    cell: ({ successes, failures }) => (
      <span className={failures > 0 ? TONE_TEXT.bad : 'text-ink-soft'}>
        {formatCount(failures)} of {formatCount(successes + failures)}
      </span>
    ),
  },
  {
    key: 'why',
    heading: 'Failures',
    narrow: 'line',
    className: 'md:w-[40%]',
    cell: ({ report }) => <Failures report={report} />,
  },
];

/** What others report about our domains: their word, not ours. */
export function ReportsReceived(props: { readonly reports: readonly TlsReportReceived[]; readonly mayWrite: boolean }) {
  const { reports, mayWrite } = props;
  const router = useRouter();
  const [uploading, setUploading] = useState(false);
  return (
    <section aria-label="Reports about your domains">
      <header className="mb-2 flex flex-wrap items-center gap-3">
        <h2 className="flex-1 text-sm font-semibold">About your domains</h2>
        {mayWrite && (
          <Button icon={Upload} onClick={() => setUploading(true)}>
            Take in a report
          </Button>
        )}
      </header>
      {reports.length === 0 ? (
        <EmptyState icon={FileInput} title="No report yet">
          <p>
            Others send reports to the address in your record _smtp._tls. Let it be tls-reports@ your bounce domain and
            they come here by themselves, or take in the files that they sent you.
          </p>
        </EmptyState>
      ) : (
        <DataTable label="Reports about your domains" columns={COLUMNS} rows={reports} rowKey={({ id }) => id} />
      )}
      {uploading && <UploadReport onClose={() => setUploading(false)} onDone={() => router.refresh()} />}
    </section>
  );
}

function Failures({ report }: { readonly report: unknown }) {
  const lines = failureLines(report);
  if (lines.length === 0) return <span className="text-xs text-ink-faint">none</span>;
  return (
    <details className="text-xs">
      <summary className="cursor-pointer py-1 text-ink-soft">
        {[...new Set(lines.map(({ resultType }) => resultType))].join(', ')}
      </summary>
      <ul className="flex flex-col gap-1 pt-1 pb-2">
        {lines.map((line, index) => (
          <FailureLine key={index} {...line} />
        ))}
      </ul>
    </details>
  );
}
