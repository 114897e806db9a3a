import type { Refusal } from '@postern/administration';
import type { Command } from 'commander';
import { saidBy } from './said-by.ts';

/** What the command answers to the shell. */
export const EXIT = { done: 0, refused: 1, usage: 2, configuration: 78 } as const;

/** Ends a command: it was refused, or cannot be done. The message says what to do. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exitCode: number;
  readonly refusal: Refusal | undefined;

  constructor(message: string, exitCode: number = EXIT.refused, refusal?: Refusal) {
    super(message);
    this.exitCode = exitCode;
    this.refusal = refusal;
  }
}

/** The end of a command that a verb refused: a value that is none is wrong usage, everything else a refusal. */
export function failureOf(refusal: Refusal, command?: Command): CommandFailed {
  const message = refusal.errors
    ? refusal.errors.map(({ field, message: says }) => line(command ? saidBy(command, field) : field, says)).join('\n')
    : refusal.detail;
  return new CommandFailed(message, refusal.code === 'invalid-request' ? EXIT.usage : EXIT.refused, refusal);
}

/** The same failure in the words of the command that was typed. */
export function inWordsOf(command: Command, error: unknown): unknown {
  return error instanceof CommandFailed && error.refusal?.errors ? failureOf(error.refusal, command) : error;
}

function line(name: string | undefined, says: string): string {
  return name === undefined ? says : `${name}: ${says}`;
}
