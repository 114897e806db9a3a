import { Check, History } from 'lucide-react';
import type { BounceRuleVersion } from '@postern/admin-contract';
import { formatCountOf, Instant, OutsideText, TonedWord } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { RowLink } from '../table/row-link.tsx';

/** The columns of the versions of bounce rules. */
export const VERSION_COLUMNS: readonly Column<BounceRuleVersion>[] = [
  {
    key: 'version',
    heading: 'Version',
    narrow: 'lead',
    cell: ({ version }) => (
      <span className="tabular-nums">
        <RowLink href={`/bounces/rules/versions/${version}`}>Version {version}</RowLink>
      </span>
    ),
  },
  {
    key: 'state',
    heading: 'State',
    narrow: 'trail',
    cell: ({ active }) =>
      active ? (
        <TonedWord icon={Check} tone="good" word="counts now" />
      ) : (
        <TonedWord icon={History} tone="idle" word="older" />
      ),
  },
  {
    key: 'rules',
    heading: 'Rules',
    narrow: 'line',
    cell: ({ rules }) => (rules === 0 ? 'those that ship' : formatCountOf(rules, 'rule', 'rules')),
  },
  {
    key: 'by',
    heading: 'Activated by',
    narrow: 'line',
    onCard: 'by',
    cell: ({ createdBy }) => <OutsideText text={createdBy} />,
  },
  {
    key: 'when',
    heading: 'When',
    narrow: 'line',
    align: 'end',
    className: 'text-ink-soft',
    cell: ({ createdAt }) => <Instant at={createdAt} />,
  },
];
