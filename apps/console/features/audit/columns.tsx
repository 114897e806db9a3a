import Link from 'next/link';
import type { AuditRecord } from '@postern/admin-contract';
import { Instant, OutsideText } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { AuditFacts } from './audit-facts.tsx';

/** The columns of the audit; from whoever did something to all that they did. */
export const auditColumns = (pathOf: (actor: string) => string): readonly Column<AuditRecord>[] => [
  {
    key: 'what',
    heading: 'What',
    narrow: 'lead',
    cell: ({ action }) => <span className="font-medium">{wordsOf(action)}</span>,
  },
  {
    key: 'which',
    heading: 'Which',
    narrow: 'line',
    className: 'md:w-[24%] md:max-w-0',
    cell: ({ subject }) => (
      <span title={subject.id} className="block break-words md:truncate">
        <OutsideText text={subject.name} />
      </span>
    ),
  },
  {
    key: 'who',
    heading: 'Who',
    narrow: 'line',
    cell: ({ actor }) => (
      <>
        <Link href={pathOf(actor.name)} prefetch={false} className="hover:underline">
          <OutsideText text={actor.name} />
        </Link>
        <span className="text-ink-soft"> {actor.address === null ? placeOf(actor.kind) : `from ${actor.address}`}</span>
      </>
    ),
  },
  {
    key: 'why',
    heading: 'Why, and what else',
    narrow: 'line',
    className: 'md:w-[26%] md:max-w-0',
    cell: (entry) => <AuditFacts entry={entry} />,
  },
  {
    key: 'when',
    heading: 'When',
    narrow: 'trail',
    align: 'end',
    className: 'text-ink-soft',
    cell: ({ at }) => <Instant at={at} />,
  },
];

/** `credential.create` as `credential: create`. */
function wordsOf(action: string): string {
  const [noun = action, verb] = action.split('.');
  return (verb ? `${noun}: ${verb}` : noun).replaceAll('-', ' ');
}

function placeOf(kind: string): string {
  return kind === 'cli' ? 'at the command line' : '';
}
