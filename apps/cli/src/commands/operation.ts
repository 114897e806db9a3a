import { verbs, type Operation } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import { localTime } from '../output/plain.ts';
import { facts, type Column } from '../output/table.ts';
import { answer, because, limited, listed, onDatabase, readAll, REASON, type Shown } from './runner.ts';

const COLUMNS: readonly Column<Operation>[] = [
  { title: 'id', value: ({ id }) => id, whole: true },
  { title: 'begun', value: ({ createdAt }) => localTime(createdAt) },
  { title: 'what', value: ({ kind }) => kind },
  { title: 'state', value: ({ state }) => state },
  { title: 'moved', value: ({ moved }) => moved, align: 'right' },
  { title: 'of', value: ({ expected }) => expected, align: 'right' },
  { title: 'by', value: ({ by }) => by },
  { title: 'query', value: ({ query }) => query.slice(0, 60) },
];

/** `postern operation …` */
export function operationCommand(io: Io): Command {
  const noun = new Command('operation').description('operations on many messages: how far they have come');
  const list = limited(noun.command('list').description('the latest operations'), 50);
  onDatabase(list, io, async (context, { limit }: { limit: number }) => {
    const items = await readAll(limit, (query) => verbs.listOperations(context, { query }));
    return listed(
      COLUMNS,
      items,
      'There was no operation: a command on a query of messages begins one (postern message hold --help).',
    );
  });
  onDatabase(noun.command('show').description('one operation').argument('<id>'), io, async (context, id: string) =>
    show(answer(await verbs.showOperation(context, { params: { id } }))),
  );
  const cancel = noun
    .command('cancel')
    .description('end it before its time; what it has moved stays moved')
    .argument('<id>')
    .option(...REASON);
  onDatabase(cancel, io, async (context, id: string, options: { reason?: string }) =>
    show(answer(await verbs.cancelOperation(context, { params: { id }, body: because(options) }))),
  );
  return noun;
}

function show(operation: Operation): Shown {
  const { id, kind, state, query, reason, route, by, createdAt, startedAt, endedAt, expected, moved } = operation;
  const text = facts([
    ['Operation', id],
    ['What', route === null ? kind : `${kind} to ${route}`],
    ['State', operation.cancelledBy === null ? state : `${state}, cancelled by ${operation.cancelledBy}`],
    ['Query', query],
    ['Moved', `${moved} of ${counted(expected, 'recipient')}`],
    ['By', by],
    ['Reason', reason],
    ['Asked for', localTime(createdAt)],
    ['Begun', localTime(startedAt)],
    ['Ended', localTime(endedAt)],
    ['Fault', operation.fault ?? undefined],
  ]);
  return { json: operation, text };
}
