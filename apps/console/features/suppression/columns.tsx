import Link from 'next/link';
import type { Suppression } from '@postern/admin-contract';
import { Instant, OutsideText } from '@postern/console-ui';
import { commandsColumn } from '../table/commands-column.ts';
import type { Column } from '../table/data-table.tsx';
import { LiftSuppression } from './lift-suppression.tsx';

/** The columns of the table of suppressions. */
export function suppressionColumns(options: {
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}): readonly Column<Suppression>[] {
  return [
    {
      key: 'address',
      heading: 'Address',
      narrow: 'lead',
      cell: ({ address, scope }) => (
        <span className="break-all">
          <span className="font-medium">
            <OutsideText text={address} />
          </span>
          {scope !== '*' && (
            <span className="text-ink-soft">
              {' '}
              for <OutsideText text={scope} />
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'why',
      heading: 'Why',
      narrow: 'line',
      className: 'md:w-[40%] md:max-w-0',
      cell: (suppression) => <Evidence suppression={suppression} />,
    },
    {
      key: 'since',
      heading: 'Since',
      narrow: 'line',
      className: 'text-ink-soft md:min-w-60',
      cell: ({ createdAt, createdBy }) => (
        <>
          <Instant at={createdAt} /> by <OutsideText text={createdBy} />
        </>
      ),
    },
    {
      key: 'until',
      heading: 'Until',
      narrow: 'hidden',
      from: 'lg',
      className: 'text-ink-soft whitespace-nowrap',
      cell: ({ until }) => (until ? <Instant at={until} /> : 'it is lifted'),
    },
    ...commandsColumn<Suppression>(options.mayWrite, (suppression) => (
      <LiftSuppression suppression={suppression} onDone={options.onDone} />
    )),
  ];
}

function Evidence({ suppression }: { readonly suppression: Suppression }) {
  const { evidence, messageId } = suppression;
  return (
    <span title={evidence} className="block break-words md:truncate">
      {suppression.class.replaceAll('_', ' ')}
      {evidence !== '' && (
        <span className="text-ink-soft">
          : <OutsideText text={evidence} />
        </span>
      )}
      {messageId && (
        <>
          {' '}
          <Link href={`/messages/${messageId}`} prefetch={false} className="text-accent-strong underline">
            its message
          </Link>
        </>
      )}
    </span>
  );
}
