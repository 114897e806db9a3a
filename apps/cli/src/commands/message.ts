import { parseMessageId } from '@postern/queue';
import { verbs, type Context, type MessageSummary, type MovedRecipients, type Outcome } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import { table, type Column } from '../output/table.ts';
import { answer, because, onDatabase, readAll, REASON, type Shown } from './runner.ts';
import { showMessage } from './message-show.ts';

const COLUMNS: readonly Column<MessageSummary>[] = [
  { title: 'id', value: ({ id }) => id },
  { title: 'accepted', value: ({ acceptedAt }) => localTime(acceptedAt) },
  { title: 'from', value: ({ reversePath }) => reversePath || '<>' },
  { title: 'to', value: ({ firstForwardPath, recipients }) => recipientsOf(firstForwardPath, recipients.total) },
  { title: 'states', value: ({ recipients }) => statesOf(recipients.states) },
  { title: 'subject', value: ({ subject }) => subject.slice(0, 60) },
];

/** `postern message …` */
export function messageCommand(io: Io): Command {
  const noun = new Command('message').description('messages: find them, see what became of them, command them');
  const find = noun
    .command('find')
    .description("find messages: 'state:deferred to:@example.com since:2h'")
    .argument('[query...]')
    .option('--limit <n>', 'at most so many', '100');
  onDatabase(find, io, async (context, words: readonly string[], { limit }: { limit: string }) => {
    const items = await search(context, words.join(' '), Number(limit) || 100);
    return { json: items, text: items.length > 0 ? table(COLUMNS, items) : 'No message is so.\n' };
  });
  const show = noun.command('show').description('one message, its recipients and delivery attempts').argument('<id>');
  onDatabase(show, io, (context, id: string) => showMessage(context, id));

  const commands = [
    ['hold', 'hold it: it is not sent until it is released', 'held', verbs.holdMessage],
    ['release', 'release what is held', 'released', verbs.releaseMessage],
    ['cancel', 'cancel it: what waits of it is never sent', 'cancelled', verbs.cancelMessage],
    ['retry', 'make what is deferred of it due now', 'due now', verbs.retryMessage],
  ] as const;
  for (const [word, says, done, verb] of commands) {
    const command = noun
      .command(word)
      .description(says)
      .argument('<id or query...>', 'ids of messages, or a query as for find')
      .option('--dry-run', 'only count the messages')
      .option(...REASON);
    onDatabase(command, io, (context, words: readonly string[], options: CommandOptions) =>
      commandAll({ context, words, options, done, verb }),
    );
  }
  return noun;
}

type MessageVerb = (
  context: Context,
  request: { readonly params: { readonly id: string }; readonly body: { reason?: string } },
) => Promise<Outcome<MovedRecipients>>;

interface CommandOptions {
  readonly dryRun?: true;
  readonly reason?: string;
}

async function commandAll(given: {
  readonly context: Context;
  readonly words: readonly string[];
  readonly options: CommandOptions;
  readonly done: string;
  readonly verb: MessageVerb;
}): Promise<Shown> {
  const { context, words, options, done, verb } = given;
  const byId = words.every((word) => parseMessageId(word) !== undefined);
  const query = words.join(' ').trim();
  if (!byId && query === '') throw new CommandFailed('name messages by id, or a query that finds them', EXIT.usage);
  const ids = byId ? words : (await search(context, query, Infinity)).map(({ id }) => id);
  if (options.dryRun) return { json: { messages: ids.length }, text: `${ids.length} messages.\n` };
  let [messages, recipients] = [0, 0];
  for (const id of ids) {
    const outcome = await verb(context, { params: { id }, body: because(options) });
    // A query may find messages that are not in a state for it; of one that was named, its sender wants to know.
    if (!byId && 'refused' in outcome && outcome.refused.code === 'conflict') continue;
    recipients += answer(outcome).recipients;
    messages += 1;
  }
  return { json: { messages, recipients }, text: `${recipients} recipients of ${messages} messages are ${done}.\n` };
}

function search(context: Context, query: string, limit: number): Promise<MessageSummary[]> {
  return readAll(limit, (page) => verbs.findMessages(context, { query: { ...page, q: query } }));
}

function recipientsOf(first: string, total: number): string {
  return total > 1 ? `${first} +${total - 1}` : first;
}

function statesOf(states: MessageSummary['recipients']['states']): string {
  const entries = Object.entries(states);
  const only = entries.length === 1 ? entries[0] : undefined;
  return only ? only[0] : entries.map(([state, count]) => `${state} ${count}`).join(', ');
}
