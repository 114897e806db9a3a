import type { Credential } from '@postern/admin-contract';
import { Instant, OutsideText } from '@postern/console-ui';
import { commandsColumn } from '../table/commands-column.ts';
import type { Column } from '../table/data-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { trendColumn } from '../trend/trend-column.tsx';
import type { TrendsById } from '../trend/use-trends.ts';
import { CredentialMenu } from './credential-menu.tsx';
import { LAST_USED } from '../table/last-used.tsx';
import { CredentialState } from './credential-state.tsx';

/** The columns of the credentials table. */
export function credentialColumns(options: {
  readonly trends: TrendsById;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}): readonly Column<Credential>[] {
  return [
    {
      key: 'name',
      heading: 'Name',
      narrow: 'lead',
      cell: (credential) => (
        <span className="block font-medium break-words md:max-w-56 md:truncate">
          <RowLink href={`/credentials/${credential.id}`}>
            <OutsideText text={credential.name} />
          </RowLink>
        </span>
      ),
    },
    {
      key: 'state',
      heading: 'State',
      narrow: 'line',
      cell: (credential) => <CredentialState credential={credential} />,
    },
    trendColumn(options.trends, ({ id }) => id),
    {
      key: 'senders',
      heading: 'May send as',
      narrow: 'line',
      onCard: 'may send as',
      className: 'md:w-[34%] md:max-w-0',
      cell: ({ senderRules }) => <List items={senderRules.includes('*') ? [] : senderRules} none="anyone" />,
    },
    {
      key: 'owner',
      heading: 'Owner',
      narrow: 'hidden',
      from: 'lg',
      className: 'md:max-w-40',
      cell: ({ owner }) => <List items={owner ? [owner] : []} none="nobody" />,
    },
    LAST_USED,
    {
      key: 'created',
      heading: 'Made',
      narrow: 'hidden',
      from: 'xl',
      className: 'text-ink-soft',
      cell: ({ createdAt }) => <Instant at={createdAt} />,
    },
    {
      key: 'expires',
      heading: 'Expires',
      narrow: 'hidden',
      from: 'lg',
      className: 'text-ink-soft',
      cell: (credential) => (credential.expiresAt ? <Instant at={credential.expiresAt} /> : 'never'),
    },
    ...commandsColumn<Credential>(options.mayWrite, (credential) => (
      <CredentialMenu credential={credential} onDone={options.onDone} />
    )),
  ];
}

function List({ items, none }: { readonly items: readonly string[]; readonly none: string }) {
  if (items.length === 0) return <span className="text-ink-soft">{none}</span>;
  return (
    <span title={items.join('\n')} className="break-words md:block md:truncate">
      <OutsideText text={items.join(', ')} />
    </span>
  );
}
