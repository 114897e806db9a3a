import { ShieldCheck } from 'lucide-react';
import Link from 'next/link';
import type { TlsResult } from '@postern/admin-contract';
import { EmptyState, formatCount, OutsideText, TONE_TEXT } from '@postern/console-ui';
import { type Column, DataTable } from '../table/data-table.tsx';
import { byDestination, type Destination } from './by-destination.ts';
import { FailureLine } from './failure-line.tsx';

const POLICIES: Readonly<Record<string, string>> = { tlsa: 'DANE', sts: 'MTA-STS', 'no-policy-found': 'no policy' };

const COLUMNS: readonly Column<Destination>[] = [
  {
    key: 'domain',
    heading: 'Destination',
    narrow: 'lead',
    cell: ({ domain }) => (
      <Link
        href={`/tls-policy?domain=${encodeURIComponent(domain)}`}
        prefetch={false}
        className="font-medium break-all underline-offset-2 hover:underline"
      >
        <OutsideText text={domain} />
      </Link>
    ),
  },
  {
    key: 'policy',
    heading: 'Policy',
    narrow: 'line',
    className: 'text-ink-soft',
    cell: ({ policyTypes }) => policyTypes.map((type) => POLICIES[type] ?? type).join(', '),
  },
  {
    key: 'sessions',
    heading: 'Sessions',
    narrow: 'hidden',
    align: 'end',
    className: 'tabular-nums',
    cell: ({ successes, failures }) => formatCount(successes + failures),
  },
  {
    key: 'failures',
    heading: 'Failed',
    narrow: 'trail',
    align: 'end',
    className: 'tabular-nums',
    cell: ({ successes, failures }) => (
      <span className={failures > 0 ? TONE_TEXT.bad : 'text-ink-soft'}>
        {formatCount(failures)}
        <span className="md:hidden"> of {formatCount(successes + failures)} failed</span>
      </span>
    ),
  },
  {
    key: 'why',
    heading: 'Why',
    narrow: 'line',
    className: 'md:w-[45%]',
    cell: ({ reasons }) => <Reasons reasons={reasons} />,
  },
];

/** What came of TLS, by destination. */
export function Results({ results }: { readonly results: readonly TlsResult[] }) {
  const rows = byDestination(results);
  if (rows.length === 0)
    return (
      <EmptyState icon={ShieldCheck} title="No sessions in this time">
        <p>Sessions with mail hosts are counted by day and destination as mail is delivered.</p>
      </EmptyState>
    );
  return (
    <DataTable label="Results of TLS by destination" columns={COLUMNS} rows={rows} rowKey={({ domain }) => domain} />
  );
}

function Reasons({ reasons }: Pick<Destination, 'reasons'>) {
  return (
    <ul className="flex flex-col gap-0.5 text-xs text-ink-soft">
      {reasons.map((reason) => (
        <FailureLine key={`${reason.resultType} ${reason.host} ${reason.because}`} {...reason} />
      ))}
    </ul>
  );
}
