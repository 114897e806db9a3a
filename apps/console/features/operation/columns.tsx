import type { Operation } from '@postern/admin-contract';
import { Instant, OutsideText } from '@postern/console-ui';
import { commandsColumn } from '../table/commands-column.ts';
import type { Column } from '../table/data-table.tsx';
import { Progress, useProgress } from './progress.tsx';
import { StopOperation } from './stop-operation.tsx';
import { OPERATION_WORDS } from './words.ts';

/** The columns of the table of operations. */
export function operationColumns(mayCommand: boolean): readonly Column<Operation>[] {
  return [
    {
      key: 'what',
      heading: 'What',
      narrow: 'lead',
      className: 'md:w-[34%] md:max-w-0',
      cell: ({ kind, query }) => (
        <span title={query} className="block break-words md:truncate">
          <span className="font-medium">{OPERATION_WORDS[kind].verb}</span>{' '}
          <code className="font-mono text-xs">
            <OutsideText text={query} />
          </code>
        </span>
      ),
    },
    {
      key: 'progress',
      heading: 'How far',
      narrow: 'line',
      className: 'md:w-[26%] md:py-2.5',
      cell: (operation) => <Live key={operation.id} operation={operation} />,
    },
    {
      key: 'who',
      heading: 'Who, and why',
      narrow: 'line',
      className: 'md:max-w-0 md:w-[24%]',
      cell: ({ by, reason }) => (
        <span className="block break-words md:truncate" title={reason ?? undefined}>
          <OutsideText text={by} />
          {reason && (
            <span className="text-ink-soft">
              : <OutsideText text={reason} />
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'when',
      heading: 'Asked for',
      narrow: 'line',
      className: 'text-ink-soft',
      cell: ({ createdAt }) => <Instant at={createdAt} />,
    },
    ...commandsColumn<Operation>(mayCommand, (operation) => <StopOperation operation={operation} />),
  ];
}

function Live({ operation }: { readonly operation: Operation }) {
  return <Progress operation={useProgress(operation)} />;
}
