import type { Network } from '@postern/admin-contract';
import { Instant, OutsideText } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { NetworkMenu } from './network-menu.tsx';

/** The columns of the table of listed networks. */
export function networkColumns(options: {
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}): readonly Column<Network>[] {
  return [
    {
      key: 'cidr',
      heading: 'Network',
      narrow: 'lead',
      cell: ({ cidr }) => <span className="font-medium break-all tabular-nums">{cidr}</span>,
    },
    {
      key: 'senders',
      heading: 'Its hosts may send as',
      narrow: 'line',
      className: 'md:w-1/2 md:max-w-0',
      cell: ({ senderRules }) => <Senders rules={senderRules} />,
    },
    {
      key: 'listed',
      heading: 'Listed',
      narrow: 'line',
      className: 'text-ink-soft',
      cell: ({ createdAt }) => (
        <>
          <span className="md:hidden">listed </span>
          <Instant at={createdAt} />
        </>
      ),
    },
    ...(options.mayWrite
      ? [
          {
            key: 'more',
            heading: 'Commands',
            narrow: 'trail' as const,
            align: 'end' as const,
            className: 'md:w-14 max-md:-my-2 max-md:-mr-2',
            cell: (network: Network) => <NetworkMenu network={network} onDone={options.onDone} />,
          },
        ]
      : []),
  ];
}

function Senders({ rules }: { readonly rules: readonly string[] }) {
  if (rules.includes('*')) return <span className="text-ink-soft">anyone</span>;
  return (
    <span title={rules.join('\n')} className="block truncate">
      <OutsideText text={rules.join(', ')} />
    </span>
  );
}
