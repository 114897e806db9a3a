import type { Context, Outcome, Page } from '@postern/administration';
import { type Command, InvalidArgumentError } from 'commander';
import { withAdministration } from '../database/open-administration.ts';
import { CommandFailed, EXIT, failureOf, inWordsOf } from '../exit.ts';
import type { Io } from '../io.ts';
import { table, type Column } from '../output/table.ts';

/** What a command shows: the same for people and, with `--json`, for programs. */
export interface Shown {
  readonly json: unknown;
  /** For people; where it depends on how long a line may be, it is written once that is known. */
  readonly text: string | ((columns: number | undefined) => string);
  /** What of it was not done, and why: told beside what was, and the command ends as refused. */
  readonly left?: string;
}

/** Adds `--json`, runs the work on the database, and shows what came of it. */
export function onDatabase<Args extends readonly unknown[]>(
  command: Command,
  io: Io,
  work: (context: Context, ...args: Args) => Promise<Shown>,
): Command {
  return command.option('--json', 'answer with JSON').action(async (...args: unknown[]) => {
    // Commander hands over the arguments, then the options, then the command.
    const given = args.slice(0, -1) as unknown as Args;
    const shown = await withAdministration(io, (context) => work(context, ...given)).catch((error: unknown) => {
      throw inWordsOf(command, error);
    });
    const { json, text } = shown;
    const inWords = () => (typeof text === 'string' ? text : text(io.columns));
    io.out(command.opts()['json'] === true ? `${JSON.stringify(json, null, 2)}\n` : inWords());
    if (shown.left !== undefined) throw new CommandFailed(shown.left);
  });
}

/** A list: its items as a table that fits into the terminal; of an empty one, what is empty and what to do next. */
export function listed<Row>(columns: readonly Column<Row>[], items: readonly Row[], empty: string): Shown {
  return { json: items, text: (width) => (items.length > 0 ? table(columns, items, width) : `${empty}\n`) };
}

/** What a verb answered; a refusal ends the command. */
export function answer<T>(outcome: Outcome<T>): T {
  if ('ok' in outcome) return outcome.ok;
  throw failureOf(outcome.refused);
}

/** All items of a list, page by page, or the first `limit` of them. */
export async function readAll<Item>(
  limit: number,
  read: (query: { readonly cursor?: string; readonly limit: number }) => Promise<Outcome<Page<Item>>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null | undefined;
  do {
    const page = answer(await read({ limit: Math.min(200, limit - items.length), ...(cursor ? { cursor } : {}) }));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < limit);
  return items;
}

/** Adds `--limit`, for lists that may be long. */
export function limited(command: Command, limit: number): Command {
  return command.option('--limit <n>', 'at most so many', atMost, limit);
}

function atMost(text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number above 0.');
}

/** Refuses a change that changes nothing: an option was forgotten. */
export function mustChange(body: Readonly<Record<string, unknown>>): void {
  if (Object.keys(body).every((name) => name === 'reason'))
    throw new CommandFailed('nothing to change: give an option (--help lists them)', EXIT.usage);
}

/** Gathers an option that may be given several times. */
export function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

export const REASON = ['--reason <text>', 'why, for the audit'] as const;

/** `{ reason }` when one was given. */
export function because({ reason }: { readonly reason?: string }): { reason?: string } {
  return reason === undefined ? {} : { reason };
}
