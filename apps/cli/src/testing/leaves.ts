import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { commandsOf } from '../program.ts';

export interface Leaf {
  /** `credential create`. */
  readonly path: string;
  readonly command: Command;
}

/** Every command that does something: a new one is looked at without being named. */
export function leaves(): readonly Leaf[] {
  const io = { out: () => undefined, err: () => undefined, env: {}, stdin: Readable.from([]) };
  return below(commandsOf(io), []);
}

function below(command: Command, path: readonly string[]): readonly Leaf[] {
  if (command.commands.length === 0) return [{ path: path.join(' '), command }];
  return command.commands.flatMap((each) => below(each, [...path, each.name()]));
}
