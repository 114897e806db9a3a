import { CommandFailed, EXIT } from '../exit.ts';

/** A number of an option. */
export function whole(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CommandFailed(`${option}: Expected a whole number`, EXIT.usage);
}
