import { KeyRound, Network } from 'lucide-react';
import type { MessageSummary } from '@postern/admin-contract';
import { formatCount, formatOctets, Instant, OutsideText, StateCounts, StateMark } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { ReversePath } from './reverse-path.tsx';

/** The columns of the messages table. */
export const MESSAGE_COLUMNS: readonly Column<MessageSummary>[] = [
  {
    key: 'accepted',
    heading: 'Accepted',
    narrow: 'trail',
    className: 'text-ink-soft md:w-28',
    cell: (message) => <Instant at={message.acceptedAt} />,
  },
  {
    key: 'subject',
    heading: 'Subject',
    narrow: 'lead',
    className: 'md:w-[26%] md:max-w-0',
    cell: (message) => (
      <span className="block truncate">
        <RowLink href={`/messages/${message.id}`}>
          <OutsideText text={message.subject} empty="no subject" />
        </RowLink>
      </span>
    ),
  },
  {
    key: 'from',
    heading: 'Sender',
    narrow: 'line',
    className: 'md:w-[20%] md:max-w-0',
    cell: (message) => (
      <span className="block truncate">
        <span className="text-ink-faint md:hidden">from </span>
        <ReversePath path={message.reversePath} />
      </span>
    ),
  },
  {
    key: 'to',
    heading: 'Recipients',
    narrow: 'line',
    className: 'md:w-[22%] md:max-w-0',
    cell: (message) => (
      <span className="flex min-w-0 gap-1.5">
        <span className="min-w-0 truncate">
          <span className="text-ink-faint md:hidden">to </span>
          <OutsideText text={message.firstForwardPath} />
        </span>
        {message.recipients.total > 1 && (
          <span className="shrink-0 text-ink-soft tabular-nums">+{formatCount(message.recipients.total - 1)}</span>
        )}
      </span>
    ),
  },
  { key: 'state', heading: 'State', narrow: 'line', cell: (message) => <States message={message} /> },
  {
    key: 'size',
    heading: 'Size',
    narrow: 'hidden',
    from: 'lg',
    align: 'end',
    className: 'text-ink-soft whitespace-nowrap tabular-nums',
    cell: (message) => (
      <span title={`${formatCount(message.sizeOctets)} octets`}>{formatOctets(message.sizeOctets)}</span>
    ),
  },
  {
    key: 'credential',
    heading: 'Submitted by',
    narrow: 'hidden',
    from: 'xl',
    className: 'md:max-w-44 text-ink-soft',
    cell: (message) => <Submitter message={message} />,
  },
];

/** One recipient shows its state; several show how many are in each. */
function States({ message }: { readonly message: MessageSummary }) {
  const states = Object.entries(message.recipients.states).filter(([, count]) => count > 0);
  const only = states[0]?.[0];
  if (states.length === 1 && message.recipients.total === 1)
    return <StateMark state={only as keyof typeof message.recipients.states} />;
  return <StateCounts counts={message.recipients.states} none="no recipients" />;
}

const WITHOUT_CREDENTIAL: Readonly<Partial<Record<MessageSummary['listener'], string>>> = {
  relay: 'listed network',
  internal: 'Postern itself',
};

/** What submitted a message: a credential by its name, or a listed network. */
export function Submitter({ message }: { readonly message: MessageSummary }) {
  const Icon = message.listener === 'relay' ? Network : KeyRound;
  const otherwise = WITHOUT_CREDENTIAL[message.listener];
  return (
    <span className="inline-flex max-w-full items-baseline gap-1.5">
      <Icon aria-hidden className="size-3.5 shrink-0 self-center text-ink-faint" />
      <span className="truncate">
        {message.credential ? (
          <OutsideText text={message.credential.name} />
        ) : (
          (otherwise ?? 'a credential that is gone')
        )}
      </span>
    </span>
  );
}
