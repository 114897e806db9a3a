import type { SendingDomain } from '@postern/admin-contract';
import { DomainName, Instant, OutsideText } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { CheckMark } from './check-mark.tsx';

/** The columns of the table of sending domains. */
export const DOMAIN_COLUMNS: readonly Column<SendingDomain>[] = [
  {
    key: 'name',
    heading: 'Domain',
    narrow: 'lead',
    cell: ({ name }) => (
      <RowLink href={`/domains/${encodeURIComponent(name)}`}>
        <DomainName name={name} />
      </RowLink>
    ),
  },
  {
    key: 'check',
    heading: 'Last check',
    narrow: 'line',
    cell: ({ check }) =>
      check ? (
        <>
          <CheckMark status={check.status} />
          <span className="text-ink-soft">
            {' '}
            <Instant at={check.checkedAt} />
          </span>
        </>
      ) : (
        <span className="whitespace-nowrap text-ink-soft">not checked yet</span>
      ),
  },
  {
    key: 'signs',
    heading: 'Signs with',
    narrow: 'line',
    className: 'md:w-[34%] md:max-w-0',
    cell: ({ keys }) => <Signing keys={keys} />,
  },
  {
    key: 'rotates',
    heading: 'Rotates',
    narrow: 'hidden',
    from: 'lg',
    className: 'whitespace-nowrap text-ink-soft',
    cell: ({ rotateDays }) => (rotateDays === null ? 'by hand' : `every ${rotateDays} days`),
  },
];

function Signing({ keys }: Pick<SendingDomain, 'keys'>) {
  const active = keys.filter(({ state }) => state === 'active').map(({ selector }) => selector);
  if (active.length === 0) return <span className="text-ink-soft">nothing yet</span>;
  return (
    <span title={active.join('\n')} className="block truncate">
      <OutsideText text={active.join(', ')} />
    </span>
  );
}
