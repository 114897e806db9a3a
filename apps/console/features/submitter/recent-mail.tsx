import Link from 'next/link';
import type { MessageSummary } from '@postern/admin-contract';
import { buttonLook, Instant, OutsideText, Panel, StateCounts } from '@postern/console-ui';
import { RowLink } from '../table/row-link.tsx';

/** The latest mail of a credential or a listed network, which a search tells too. */
export function RecentMail(props: { readonly search: string; readonly messages: readonly MessageSummary[] }) {
  const { search, messages } = props;
  const all = `/messages?q=${encodeURIComponent(search)}`;
  return (
    <Panel
      title="Recent mail"
      aside={
        messages.length > 0 && (
          <Link href={all} prefetch={false} className={buttonLook('plain')}>
            All of its mail
          </Link>
        )
      }
    >
      {messages.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">It has sent nothing lately.</p>
      ) : (
        <ul className="divide-y divide-line">
          {messages.map((message) => (
            <li
              key={message.id}
              className="relative flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2 text-sm hover:bg-hover"
            >
              <span className="w-20 shrink-0 text-ink-soft">
                <Instant at={message.acceptedAt} />
              </span>
              <span className="min-w-0 flex-1 basis-52 truncate">
                <RowLink href={`/messages/${message.id}`}>
                  <OutsideText text={message.subject} empty="no subject" />
                </RowLink>
                <span className="text-ink-soft">
                  {' '}
                  to <OutsideText text={message.firstForwardPath} />
                </span>
              </span>
              <StateCounts counts={message.recipients.states} none="no recipients" />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
