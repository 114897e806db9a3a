import Link from 'next/link';
import type { QueueDetail } from '@postern/admin-contract';
import { formatCountOf, Instant, Panel, StateMark, Verbatim } from '@postern/console-ui';
import { replyHead, whose } from '../message/reply.tsx';

/** What was heard lately, alike replies together; from each to the messages that heard it last. */
export function ReplyList({ queue }: { readonly queue: Pick<QueueDetail, 'id' | 'replies'> }) {
  return (
    <Panel title="Last replies">
      {queue.replies.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">No attempt has ended here yet.</p>
      ) : (
        <ol>
          {queue.replies.map(({ outcome, class: why, reply, attempts, lastAt }) => (
            <li
              key={`${outcome} ${why} ${reply.from} ${replyHead(reply)}`}
              className="border-b border-line px-4 py-2.5 last:border-b-0"
            >
              <p className="mb-1 flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-xs text-ink-soft">
                <span className="text-sm">
                  <StateMark state={outcome} />
                </span>
                <span>{formatCountOf(attempts, 'attempt', 'attempts')}</span>
                <span>
                  last <Instant at={lastAt} />
                </span>
                {why && <span>{why.replaceAll('_', ' ')}</span>}
                <Link
                  href={`/messages?q=${encodeURIComponent(`queue:${queue.id} code:${reply.enhanced ?? reply.code}`)}`}
                  prefetch={false}
                  className="text-accent underline"
                >
                  Its messages
                </Link>
              </p>
              <Verbatim
                text={
                  reply.text.startsWith(String(reply.code))
                    ? reply.text
                    : `${whose(reply)}: ${replyHead(reply)} ${reply.text}`
                }
              />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
