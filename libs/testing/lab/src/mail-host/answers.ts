import type { ReceivedMessage } from './received-message.ts';

/** A reply of a mail host: its text, and what happens around it. */
export type ScriptedReply =
  | string
  | {
      /** Undefined: nothing is said. */
      readonly reply?: string | undefined;
      readonly delayMs?: number;
      /** Closes the connection, after the reply when there is one. */
      readonly close?: true;
    };

/** What a mail host says instead of yes. Undefined is yes. */
export interface MailHostAnswers {
  readonly greeting?: (connection: number) => ScriptedReply | undefined;
  readonly ehlo?: (clientName: string) => ScriptedReply | undefined;
  readonly mail?: (reversePath: string, parameters: readonly string[]) => ScriptedReply | undefined;
  readonly rcpt?: (forwardPath: string) => ScriptedReply | undefined;
  readonly data?: () => ScriptedReply | undefined;
  /** At the end of the mail data. The message counts as received when the answer begins with 2 and is said. */
  readonly content?: (message: ReceivedMessage) => ScriptedReply | undefined;
  /** Any other command, by its whole line. */
  readonly other?: (line: string) => ScriptedReply | undefined;
}
