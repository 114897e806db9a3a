import { TriangleAlert } from 'lucide-react';
import type { Network } from '@postern/admin-contract';
import { Instant, OutsideText, TonedWord } from '@postern/console-ui';
import { commandsColumn } from '../table/commands-column.ts';
import type { Column } from '../table/data-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { LAST_USED } from '../table/last-used.tsx';
import { trendColumn } from '../trend/trend-column.tsx';
import type { TrendsById } from '../trend/use-trends.ts';
import { NetworkMenu } from './network-menu.tsx';

/** The columns of the table of listed networks. */
export function networkColumns(options: {
  readonly trends: TrendsById;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}): readonly Column<Network>[] {
  return [
    {
      key: 'cidr',
      heading: 'Network',
      narrow: 'lead',
      cell: ({ id, cidr, guard }) => (
        <span className="break-all tabular-nums">
          <RowLink href={`/networks/${id}`}>{cidr}</RowLink>
          {guard.heldSince && (
            <span className="ml-3">
              <TonedWord icon={TriangleAlert} tone="wait" word="new mail held" />
            </span>
          )}
        </span>
      ),
    },
    trendColumn(options.trends, ({ id }) => id),
    {
      key: 'senders',
      heading: 'Its hosts may send as',
      narrow: 'line',
      onCard: 'may send as',
      className: 'md:w-[34%] md:max-w-0',
      cell: ({ senderRules, rewriteFrom }) => <Senders rules={senderRules} rewriteFrom={rewriteFrom} />,
    },
    {
      key: 'owner',
      heading: 'Owner',
      narrow: 'hidden',
      from: 'lg',
      className: 'md:max-w-40',
      cell: ({ owner }) =>
        owner ? (
          <span className="block truncate">
            <OutsideText text={owner} />
          </span>
        ) : (
          <span className="text-ink-soft">nobody</span>
        ),
    },
    LAST_USED,
    {
      key: 'listed',
      heading: 'Listed',
      narrow: 'hidden',
      from: 'xl',
      className: 'text-ink-soft',
      cell: ({ createdAt }) => <Instant at={createdAt} />,
    },
    ...commandsColumn<Network>(options.mayWrite, (network) => (
      <NetworkMenu network={network} onDone={options.onDone} />
    )),
  ];
}

function Senders(props: { readonly rules: readonly string[]; readonly rewriteFrom: string | null }) {
  const { rules, rewriteFrom } = props;
  const anyone = rules.includes('*');
  return (
    <span title={rules.join('\n')} className="break-words md:block md:truncate">
      {anyone ? <span className="text-ink-soft">anyone</span> : <OutsideText text={rules.join(', ')} />}
      {rewriteFrom && (
        <span className="text-ink-soft">
          , rewritten to <OutsideText text={rewriteFrom} />
        </span>
      )}
    </span>
  );
}
