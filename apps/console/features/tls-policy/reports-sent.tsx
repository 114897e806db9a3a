import Link from 'next/link';
import type { TlsReportSent } from '@postern/admin-contract';
import { Instant, OutsideText, TONE_TEXT } from '@postern/console-ui';
import { type Column, DataTable } from '../table/data-table.tsx';

const COLUMNS: readonly Column<TlsReportSent>[] = [
  {
    key: 'domain',
    heading: 'About',
    narrow: 'lead',
    cell: ({ domain }) => (
      <span className="font-medium break-all">
        <OutsideText text={domain} />
      </span>
    ),
  },
  { key: 'day', heading: 'Day', narrow: 'trail', className: 'text-ink-soft tabular-nums', cell: ({ day }) => day },
  {
    key: 'to',
    heading: 'To',
    narrow: 'line',
    className: 'break-all',
    cell: ({ destination }) => <OutsideText text={destination} />,
  },
  {
    key: 'state',
    heading: 'What became of it',
    narrow: 'line',
    className: 'md:w-[40%]',
    cell: (report) => <What report={report} />,
  },
];

/** What we reported to others about theirs. */
export function ReportsSent({ reports }: { readonly reports: readonly TlsReportSent[] }) {
  return (
    <section aria-label="Reports that you sent">
      <h2 className="mb-2 text-sm font-semibold">That you sent</h2>
      {reports.length === 0 ? (
        <p className="text-sm text-ink-soft">
          None yet: a day is reported, within four hours after it is over (UTC), to domains that ask for it.
        </p>
      ) : (
        <DataTable label="Reports that you sent" columns={COLUMNS} rows={reports} rowKey={({ id }) => id} />
      )}
    </section>
  );
}

function What({ report: { sentAt, dueAt, messageId, fault } }: { readonly report: TlsReportSent }) {
  return (
    <span className="break-words">
      {sentAt ? (
        <>
          sent <Instant at={sentAt} />
        </>
      ) : dueAt ? (
        <>
          {fault ? 'tried again' : 'leaves'} <Instant at={dueAt} />
        </>
      ) : (
        <span className={TONE_TEXT.bad}>given up</span>
      )}
      {messageId && (
        <>
          {' '}
          by{' '}
          <Link href={`/messages/${messageId}`} prefetch={false} className="text-accent-strong underline">
            a message
          </Link>
        </>
      )}
      {fault && (
        <span className="text-ink-soft">
          : <OutsideText text={fault} />
        </span>
      )}
    </span>
  );
}
