import type { Reply } from '@postern/smtp';
import type { TlsFacts } from './client.ts';
import type { ContentOutcome } from './content/content-receiver.ts';
import type { Answer } from './question.ts';

/** What may happen to a session. */
export type Event =
  /** `followed`: the client had sent more behind this line before it could hear our reply. */
  | { readonly kind: 'line'; readonly text: string; readonly followed: boolean }
  | { readonly kind: 'line-too-long' }
  | { readonly kind: 'line-without-end' }
  /** The client spoke before our greeting. */
  | { readonly kind: 'talked-too-early' }
  /** What came is no SMTP at all: TLS on a listener in clear. */
  | { readonly kind: 'not-smtp' }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'tls-established'; readonly tls: TlsFacts }
  | { readonly kind: 'content-ended'; readonly outcome: ContentOutcome }
  /** The content was given up, and its end does not come. */
  | { readonly kind: 'content-without-end' }
  | { readonly kind: 'timed-out' }
  /** A line with a bare LF has not ended: its sender waits for us. */
  | { readonly kind: 'bare-line-feed' }
  /** Someone ends the session from outside. */
  | { readonly kind: 'end'; readonly reply: Reply }
  /** We are closing: no new transaction. */
  | { readonly kind: 'drain' };
