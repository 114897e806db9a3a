import { verbs, type Context, type MessageSummary } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import type { Column } from '../output/table.ts';
import { messageCommands } from './message-command.ts';
import { showMessage } from './message-show.ts';
import { limited, listed, onDatabase, readAll } from './runner.ts';

const COLUMNS: readonly Column<MessageSummary>[] = [
  { title: 'id', value: ({ id }) => id, whole: true },
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
    .description("find messages: 'state:deferred to:@example.com after:2h'")
    .argument('[query...]');
  onDatabase(limited(find, 100), io, async (context, words: readonly string[], { limit }: { limit: number }) => {
    const items = await search(context, words.join(' '), limit);
    return listed(
      COLUMNS,
      items,
      words.length === 0 ? 'There is no message yet.' : 'No message is so: fewer terms find more.',
    );
  });
  const show = noun.command('show').description('one message, its recipients and delivery attempts').argument('<id>');
  onDatabase(show, io, (context, id: string) => showMessage(context, id));

  for (const command of messageCommands(io)) noun.addCommand(command);
  return noun;
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
