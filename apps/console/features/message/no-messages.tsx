import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { buttonLook, EmptyState } from '@postern/console-ui';
import { FirstMail } from './first-mail.tsx';

/** Why no message is shown: nothing was ever accepted, nothing matches, or the list ends here. */
export function NoMessages(props: {
  readonly filtered: boolean;
  readonly everAccepted: boolean;
  readonly later: boolean;
}) {
  if (!props.everAccepted)
    return (
      <EmptyState icon={Inbox} title="No mail has come in yet">
        <FirstMail />
      </EmptyState>
    );
  return (
    <EmptyState icon={Inbox} title={props.filtered ? 'No message is like that' : 'No messages here'}>
      <p>
        {props.filtered
          ? 'All terms of a search must hold. Take one away, or ask for a longer time with since:7d.'
          : 'The list ends here.'}
      </p>
      <Link href="/messages" prefetch={false} className={buttonLook('plain', 'mt-4')}>
        {props.later && !props.filtered ? 'Show the latest' : 'Show all messages'}
      </Link>
    </EmptyState>
  );
}
