import type { Session } from '../session.ts';
import type { Step } from '../step.ts';

/** A command as it came: what stands behind the verb, without spaces around it. */
export interface CommandLine {
  readonly argument: string;
  /** Whether the client had sent more before it could hear our reply. */
  readonly followed: boolean;
}

/** What a command does to a session that is waiting for commands. */
export type Command = (session: Session, line: CommandLine) => Step;
