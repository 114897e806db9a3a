import type { TlsOptions } from 'node:tls';
import type { MailHostAnswers } from './answers.ts';
import type { Inbox } from './inbox.ts';

/** What a session needs of its host. */
export interface SessionHost {
  readonly name: string;
  readonly extensions: readonly string[];
  readonly answers: MailHostAnswers;
  readonly token: string | undefined;
  readonly tls: TlsOptions | undefined;
  readonly accounts: Readonly<Record<string, string>> | undefined;
  readonly inbox: Inbox;
  /** Notes what a well-behaved client would not have done. */
  misbehaved(what: string): void;
}
