import { verbs, type Event } from '@postern/administration';
import { Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import type { Column } from '../output/table.ts';
import { answer, because, listed, onDatabase, readAll, REASON } from './runner.ts';

const COLUMNS: readonly Column<Event>[] = [
  { title: 'id', value: ({ id }) => id, align: 'right' },
  { title: 'at', value: ({ lastAt }) => localTime(lastAt) },
  { title: 'severity', value: ({ severity }) => severity },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'about', value: ({ subject }) => subject.name },
  { title: 'resolved', value: ({ resolvedAt }) => localTime(resolvedAt) },
  { title: 'text', value: ({ text }) => text },
];
/** Of those that are resolved already the latest are enough. */
const MOST = 1_000;

/** `postern event …` */
export function eventCommand(io: Io): Command {
  const noun = new Command('event').description('what needs an operator, until it is resolved');
  const list = noun
    .command('list')
    .description('open events, the latest first')
    .addOption(new Option('--state <state>', 'which').choices(['open', 'resolved', 'all']).default('open'));
  onDatabase(list, io, async (context, { state }: { state: 'open' | 'resolved' | 'all' }) => {
    const items = await readAll(MOST, (page) => verbs.listEvents(context, { query: { ...page, state } }));
    return listed(
      COLUMNS,
      items,
      state === 'open' ? 'Nothing needs an operator: --state all shows what did.' : 'No event is so.',
    );
  });
  const resolve = noun
    .command('resolve')
    .description('say that it was dealt with; it changes nothing else')
    .argument('<id>')
    .option(...REASON);
  onDatabase(resolve, io, async (context, id: string, options: { reason?: string }) => {
    const event = answer(await verbs.resolveEvent(context, { params: { id }, body: because(options) }));
    return { json: event, text: `Event ${event.id} about ${event.subject.name} is resolved.\n` };
  });
  return noun;
}
