import { Layers } from 'lucide-react';
import Link from 'next/link';
import { buttonLook, EmptyState } from '@postern/console-ui';
import { FirstMail } from '../message/first-mail.tsx';
import { NoMatch } from '../table/no-match.tsx';

/** Why no queue is shown: nothing matches, nothing was ever accepted, or nothing waits. */
export function NoQueues(props: {
  readonly filtered: boolean;
  readonly everAccepted: boolean;
  readonly allPath: string;
}) {
  if (props.filtered)
    return (
      <NoMatch icon={Layers} title="No queue is like that" noun="queues" all={props.allPath}>
        Among the queues with mail waiting none has this name or kind.
      </NoMatch>
    );
  if (!props.everAccepted)
    return (
      <EmptyState icon={Layers} title="No mail has come in yet">
        <FirstMail />
      </EmptyState>
    );
  return (
    <EmptyState icon={Layers} title="No mail is waiting">
      <p>
        Every recipient that was accepted has ended. Queues appear here as soon as something waits for its next hop.
      </p>
      <Link href={props.allPath} className={buttonLook('plain', 'mt-4')}>
        Show empty queues too
      </Link>
    </EmptyState>
  );
}
