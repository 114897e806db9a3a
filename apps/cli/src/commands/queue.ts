import { ORDERS, QUEUE_SORTS, type Order } from '@postern/admin-contract';
import { verbs, type Context, type Queue, type QueueDetail } from '@postern/administration';
import { Command, Option } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { ago, localTime } from '../output/plain.ts';
import { counted } from '../output/counted.ts';
import { facts, type Column } from '../output/table.ts';
import { limit, limitOptions, type LimitOptions, paceFacts } from './queue-pace.ts';
import { answer, because, limited, listed, onDatabase, readAll, REASON, type Shown } from './runner.ts';
import { suspensionCommands } from './suspension.ts';

/** `postern queue …` */
export function queueCommand(io: Io): Command {
  const noun = new Command('queue').description('delivery queues: what waits, for which mail hosts');
  const list = limited(
    noun
      .command('list')
      .description('queues in which something waits')
      .option('--all', 'also empty ones')
      .addOption(new Option('--sort <by>', 'by what they are sorted').choices(QUEUE_SORTS).default('depth'))
      .addOption(new Option('--order <way>', 'which way; left out: the deepest, the oldest or A first').choices(ORDERS))
      .option('--name <text>', 'only those whose name contains this'),
    1_000,
  );
  onDatabase(list, io, async (context, options: ListOptions) => {
    const { all, sort, limit, name } = options;
    const order = options.order ?? (sort === 'name' ? 'ascending' : 'descending');
    const filter = { sort, order, show: all ? 'all' : 'waiting', ...(name ? { name } : {}) } as const;
    const items = await readAll(limit, (query) => verbs.listQueues(context, { query: { ...query, ...filter } }));
    return listed(columns(context), items, emptyOf(options));
  });

  onDatabase(one(noun, 'show', 'one queue'), io, async (context, queue: string | undefined, options: QueueOption) =>
    show(context, await findQueue(context, queue ?? options.queue)),
  );
  for (const command of suspensionCommands(io, findQueue)) noun.addCommand(command);
  const limits = limitOptions(one(noun, 'limit', 'set floors and ceilings of its pace'));
  onDatabase(limits, io, async (context, queue: string | undefined, options: QueueOption & LimitOptions) =>
    limit(context, await findQueue(context, queue ?? options.queue), options),
  );
  const retry = one(noun, 'retry', 'make everything that is deferred in it due now').option(...REASON);
  onDatabase(retry, io, async (context, queue: string | undefined, options: QueueOption) => {
    const { id, name } = await findQueue(context, queue ?? options.queue);
    const moved = answer(await verbs.retryQueue(context, { params: { id }, body: because(options) }));
    return {
      json: moved,
      text: `${counted(moved.recipients, 'recipient')} of ${name} ${moved.recipients === 1 ? 'is' : 'are'} due now.\n`,
    };
  });
  return noun;
}

interface ListOptions {
  readonly all?: true;
  readonly sort: (typeof QUEUE_SORTS)[number];
  readonly order?: Order;
  readonly name?: string;
  readonly limit: number;
}

/** What an empty list says, and what shows more. */
function emptyOf({ all, name }: ListOptions): string {
  if (name)
    return all ? 'No queue is called so.' : 'Nothing waits in a queue that is called so: --all shows empty ones too.';
  return all ? 'There is no queue.' : 'Nothing waits: --all shows empty queues too.';
}

interface QueueOption {
  readonly queue?: string;
  readonly reason?: string;
}

function one(noun: Command, word: string, says: string): Command {
  return noun
    .command(word)
    .description(says)
    .argument('[queue]', 'its id or its name')
    .option('--queue <queue>', 'the same');
}

async function findQueue(context: Context, given: string | undefined): Promise<QueueDetail> {
  if (given === undefined || given.trim() === '')
    throw new CommandFailed('name a queue: its id or its name, as queue list shows them', EXIT.usage);
  if (/^[1-9][0-9]{0,8}$/.test(given)) return answer(await verbs.showQueue(context, { params: { id: Number(given) } }));
  const queue = await context.store.queueNamed(given.toLowerCase());
  if (!queue) throw new CommandFailed(`There is no queue ${given}`);
  return answer(await verbs.showQueue(context, { params: { id: queue.id } }));
}

function columns({ clock }: Context): readonly Column<Queue>[] {
  const now = clock.now();
  return [
    { title: 'id', value: ({ id }) => id, align: 'right' },
    { title: 'queue', value: ({ name }) => name },
    { title: 'queued', value: ({ counts }) => counts.queued, align: 'right' },
    { title: 'sending', value: ({ counts }) => counts.sending, align: 'right' },
    { title: 'deferred', value: ({ counts }) => counts.deferred, align: 'right' },
    { title: 'held', value: ({ counts }) => counts.held, align: 'right' },
    { title: 'oldest', value: ({ oldestAcceptedAt }) => ago(oldestAcceptedAt, now), align: 'right' },
    {
      title: 'state',
      value: ({ suspended, sends }) => (suspended ? 'suspended' : sends.restUntil ? 'rests' : 'active'),
    },
    { title: 'last reply', value: ({ lastAttempt }) => (lastAttempt ? replyOf(lastAttempt.reply).slice(0, 80) : null) },
  ];
}

function show(context: Context, queue: QueueDetail): Shown {
  const { id, kind, name, counts, suspended, lastAttempt, domains } = queue;
  const text = facts([
    ['Queue', name],
    ['Kind', kind],
    [
      'State',
      suspended
        ? `suspended by ${suspended.by} at ${localTime(suspended.at)} until ${localTime(suspended.until) ?? 'it is resumed'}: ${suspended.reason ?? 'no reason given'}`
        : stateOf(queue),
    ],
    ...keptBackFacts(queue),
    ['Queued', counts.queued],
    ['Sending', counts.sending],
    ['Deferred', counts.deferred],
    ['Held', counts.held],
    ['Oldest', ago(queue.oldestAcceptedAt, context.clock.now())],
    ['Next due', localTime(queue.nextDueAt)],
    ['Last attempt', lastAttempt && `${localTime(lastAttempt.at)} ${lastAttempt.outcome} ${lastAttempt.host ?? ''}`],
    ['Last reply', lastAttempt && replyOf(lastAttempt.reply)],
    ...paceFacts(queue.pace),
    ['Domains', domains.map(({ domain, recipients }) => `${domain} (${recipients})`).join(', ')],
    ['Id', id],
  ]);
  return { json: queue, text };
}

function stateOf({ keptBack, pace }: QueueDetail): string {
  if (keptBack.some(({ by }) => by === 'everything suspended')) return 'all mail is suspended';
  return pace.rest ? 'rests' : 'active';
}

/** What keeps mail back, a line each. */
function keptBackFacts({ keptBack }: QueueDetail): [string, string][] {
  return keptBack.map(({ says, recipients, until }, index): [string, string] => [
    index === 0 ? 'Kept back' : '',
    [says, recipients === null ? '' : ` (${recipients})`, until === null ? '' : `, until ${localTime(until)}`].join(''),
  ]);
}

/** A reply in one line, as SMTP writes it; where no host spoke it is our own account. */
export function replyOf(reply: {
  readonly from: 'remote' | 'local';
  readonly code: number;
  readonly enhanced: string | null;
  readonly text: string;
}): string {
  const whose = reply.from === 'local' ? 'ours:' : null;
  return [whose, reply.code, reply.enhanced, reply.text].filter((each) => each !== null && each !== '').join(' ');
}
