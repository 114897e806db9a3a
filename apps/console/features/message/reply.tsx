import type { RecordedReply } from '@postern/admin-contract';
import { classNames, OutsideText } from '@postern/console-ui';

/** A reply on one line: its code in the tone of its class, its enhanced code, and the words after them. */
export function ReplyLine({ reply, className }: { readonly reply: RecordedReply; readonly className?: string }) {
  return (
    <span
      title={`${whose(reply)}: ${reply.text}`}
      className={classNames('flex min-w-0 items-baseline gap-1.5', className)}
    >
      <span className={classNames('shrink-0 font-mono text-xs font-medium whitespace-nowrap', replyTone(reply.code))}>
        {replyHead(reply)}
      </span>
      <span className="min-w-0 truncate text-ink-soft">
        {reply.from === 'local' && <span className="text-ink-faint">ours: </span>}
        <OutsideText text={replyWords(reply)} />
      </span>
    </span>
  );
}

/** Whose words a reply is. */
export function whose(reply: RecordedReply): string {
  return reply.from === 'remote' ? 'The remote host said' : 'No host spoke; our own account';
}

/** The code and the enhanced code: `451 4.7.1`. */
export function replyHead(reply: RecordedReply): string {
  return reply.enhanced ? `${reply.code} ${reply.enhanced}` : String(reply.code);
}

/** The words of a reply on one line, without the codes that each of its lines may begin with. */
export function replyWords(reply: RecordedReply): string {
  const lines = reply.text.split(/\r?\n/).map((line) => {
    const words = line.replace(/^\d{3}(?:[ -]|$)/, '').trim();
    return reply.enhanced && words.startsWith(reply.enhanced) ? words.slice(reply.enhanced.length).trim() : words;
  });
  return lines.join(' ').trim();
}

/** 2yz good, 4yz wait, 5yz bad (RFC 5321 §4.2.1). */
export function replyTone(code: number): string {
  if (code >= 500) return 'text-bad';
  if (code >= 400) return 'text-wait';
  return code >= 200 && code < 300 ? 'text-good' : 'text-idle';
}
