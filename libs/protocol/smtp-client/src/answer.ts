import { isPositive, type Reply } from '@postern/smtp';
import type { Running } from './running.ts';

/** What a reply makes of the transaction that it answers. */
export type Answer =
  | { readonly kind: 'wait' }
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'send content' }
  /** The host has the message, or has refused it: either way it has forgotten the transaction (RFC 5321 §4.1.1.4). */
  | { readonly kind: 'ended' }
  /** It came to no content, and what the host remembers must be reset before the next (RFC 5321 §4.1.1.5). */
  | { readonly kind: 'ended without content' }
  /** It was given up by us, between two commands. */
  | { readonly kind: 'given up' }
  /** It was given up by us, and the host waits for content: only closing ends that. */
  | { readonly kind: 'given up inside DATA' }
  /** No reply to this command: nobody can say what the next one answers. */
  | { readonly kind: 'nonsense'; readonly command: string };

const WAIT: Answer = { kind: 'wait' };

/** The next step of a transaction after a reply (RFC 5321 §4.3.2), by the first digit of its code. */
export function answer(running: Running, reply: Reply, { pipelining }: { pipelining: boolean }): Answer {
  const intermediate = reply.code >= 300 && reply.code < 400;
  const { awaiting } = running;
  const expected = awaiting === 'data' ? !isPositive(reply) : !intermediate;
  if (!expected) return { kind: 'nonsense', command: COMMANDS[awaiting] };
  switch (awaiting) {
    case 'rset':
      return rset(running, reply, { pipelining });
    case 'mail':
      return mail(running, reply, { pipelining });
    case 'rcpt':
      return rcpt(running, reply, { pipelining });
    case 'data':
      return data(running, reply);
    case 'content':
    case 'final':
      return final(running, reply);
  }
}

const COMMANDS = {
  rset: 'RSET',
  mail: 'MAIL',
  rcpt: 'RCPT',
  data: 'DATA',
  content: 'the content',
  final: 'the final dot',
} as const;

function rset(running: Running, reply: Reply, { pipelining }: { pipelining: boolean }): Answer {
  if (!isPositive(reply)) return { kind: 'nonsense', command: COMMANDS.rset };
  running.awaiting = 'mail';
  return pipelining ? WAIT : { kind: 'send', text: running.envelope.mail };
}

function mail(running: Running, reply: Reply, { pipelining }: { pipelining: boolean }): Answer {
  running.mailReplied(reply);
  if (running.mailRefused && !pipelining) return { kind: 'ended without content' };
  return nextRecipient(running, { pipelining });
}

function rcpt(running: Running, reply: Reply, { pipelining }: { pipelining: boolean }): Answer {
  running.rcptReplied(reply);
  if (!running.recipientsAnswered) return nextRecipient(running, { pipelining });
  running.awaiting = 'data';
  if (pipelining) return WAIT;
  if (!running.wanted) return { kind: 'ended without content' };
  return running.mayStillSend() ? { kind: 'send', text: 'DATA\r\n' } : { kind: 'given up' };
}

function nextRecipient(running: Running, { pipelining }: { pipelining: boolean }): Answer {
  running.awaiting = 'rcpt';
  return pipelining ? WAIT : { kind: 'send', text: running.envelope.rcpts[running.answered] ?? '' };
}

function data(running: Running, reply: Reply): Answer {
  if (reply.code >= 400) {
    running.refuse(reply);
    return { kind: 'ended without content' };
  }
  if (running.wanted) return running.mayStillSend() ? { kind: 'send content' } : { kind: 'given up inside DATA' };
  // A host that refused MAIL, accepts RCPT and waits for content might deliver an empty message.
  if (running.accepted > 0) return { kind: 'nonsense', command: COMMANDS.data };
  // RFC 2920 §3.1: DATA was accepted although no RCPT was. A lone dot gets us out; its reply is nobody's.
  running.awaiting = 'final';
  return { kind: 'send', text: '.\r\n' };
}

function final(running: Running, reply: Reply): Answer {
  if (isPositive(reply)) running.accept(reply);
  else running.refuse(reply);
  return { kind: 'ended' };
}
