import { verbs, type Context, type QueueDetail, type Suspension } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import type { Column } from '../output/table.ts';
import { answer, because, listed, onDatabase, readAll, REASON, type Shown } from './runner.ts';

const COLUMNS: readonly Column<Suspension>[] = [
  { title: 'what', value: ({ scope }) => scope },
  { title: 'name', value: ({ name }) => name },
  { title: 'since', value: ({ since }) => localTime(since) },
  { title: 'until', value: ({ until }) => localTime(until) ?? 'resumed' },
  { title: 'by', value: ({ by }) => by },
  { title: 'reason', value: ({ reason }) => reason },
];

type FindQueue = (context: Context, given: string | undefined) => Promise<QueueDetail>;

/** `postern queue suspend|resume|suspensions` */
export function suspensionCommands(io: Io, findQueue: FindQueue): readonly Command[] {
  const suspend = subjects(new Command('suspend'))
    .description('send nothing from a queue (or of a sender, of a credential, to a domain, at all) for a while')
    .option('--for <span>', 'how long: 30m, 2h, 7d, or ever: until it is resumed', '1h')
    .option('--until <time>', 'or until when: 2027-01-31T08:00:00Z')
    .option(...REASON);
  onDatabase(suspend, io, (context, queue: string | undefined, options: SuspendOptions) =>
    suspend_(context, { findQueue, queue, options }),
  );
  const resume = subjects(new Command('resume'))
    .description('send it again')
    .option(...REASON);
  onDatabase(resume, io, (context, queue: string | undefined, options: SuspendOptions) =>
    resume_(context, { findQueue, queue, options }),
  );
  const list = new Command('suspensions').description('everything that is suspended now, the latest first');
  onDatabase(list, io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listSuspensions(context, { query }));
    return listed(COLUMNS, items, 'Nothing is suspended: postern queue suspend suspends mail.');
  });
  return [suspend, resume, list];
}

interface SuspendOptions {
  readonly queue?: string;
  readonly site?: string;
  readonly route?: string;
  readonly credential?: string;
  readonly sender?: string;
  readonly domain?: string;
  readonly all?: true;
  readonly for?: string;
  readonly until?: string;
  readonly reason?: string;
}

interface Given {
  readonly findQueue: FindQueue;
  readonly queue: string | undefined;
  readonly options: SuspendOptions;
}

function subjects(command: Command): Command {
  return command
    .argument('[queue]', 'a queue, by its id or its name')
    .option('--queue <queue>', 'the same')
    .option('--site <site>', 'the queue of a site: by its name, or by a domain that it serves')
    .option('--route <route>', 'the queue of a route')
    .option('--credential <name>', 'mail of a credential, wherever it waits')
    .option('--sender <sender>', 'mail of a sender: a@example.org, @example.org or <>')
    .option('--domain <domain>', 'mail to a domain: example.com or *.example.com')
    .option('--all', 'all mail');
}

type Subject =
  { readonly queue: string } | { readonly scope: 'all' | 'credential' | 'sender' | 'domain'; readonly subject: string };

/** The one thing that a command is about. */
function subjectOf({ queue, options }: Given): Subject {
  const queues = [queue, options.queue, options.site, options.route].filter((each) => each !== undefined);
  const scopes = (['credential', 'sender', 'domain'] as const).flatMap((scope) => {
    const subject = options[scope];
    return subject === undefined ? [] : [{ scope, subject }];
  });
  const all = options.all ? [{ scope: 'all' as const, subject: '' }] : [];
  const [only, ...more] = [...queues.map((each) => ({ queue: each })), ...scopes, ...all];
  if (only && more.length === 0) return only;
  throw new CommandFailed('name one: a queue, --credential, --sender, --domain or --all', EXIT.usage);
}

async function suspend_(context: Context, given: Given): Promise<Shown> {
  const subject = subjectOf(given);
  const body = { ...because(given.options), until: untilOf(given.options, context.clock.now()) };
  if ('queue' in subject) {
    const { id } = await given.findQueue(context, subject.queue);
    const after = answer(await verbs.suspendQueue(context, { params: { id }, body }));
    return { json: after, text: suspendedUntil(after.name, after.suspended?.until ?? null) };
  }
  const after = answer(await verbs.suspend(context, { body: { ...body, ...subject } }));
  return { json: after, text: suspendedUntil(after.name, after.until) };
}

function suspendedUntil(name: string, until: string | null): string {
  return `${name} is suspended until ${until === null ? 'it is resumed' : (localTime(until) ?? '')}.\n`;
}

async function resume_(context: Context, given: Given): Promise<Shown> {
  const subject = subjectOf(given);
  if ('queue' in subject) {
    const { id } = await given.findQueue(context, subject.queue);
    const after = answer(await verbs.resumeQueue(context, { params: { id }, body: because(given.options) }));
    return { json: after, text: `${after.name} is not suspended.\n` };
  }
  const { scope: of } = subject;
  const items = await readAll(Infinity, (page) => verbs.listSuspensions(context, { query: { ...page, scope: of } }));
  const wanted = subject.subject.toLowerCase();
  const found = items.find(
    ({ scope, subject: is, name }) => scope === subject.scope && (is === wanted || name === wanted),
  );
  if (!found?.id) throw new CommandFailed('It is not suspended');
  const after = answer(await verbs.liftSuspension(context, { params: { id: found.id }, body: because(given.options) }));
  return { json: after, text: `${after.name} is not suspended.\n` };
}

const SPANS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** When it ends, as the contract writes it; null: not before it is resumed. */
function untilOf(options: SuspendOptions, now: Date): string | null {
  if (options.until !== undefined) {
    const at = new Date(options.until);
    if (Number.isNaN(at.getTime()))
      throw new CommandFailed('--until: expected a time 2027-01-31T08:00:00Z', EXIT.usage);
    return at.toISOString();
  }
  const span = options.for ?? '1h';
  if (span === 'ever') return null;
  const match = /^([1-9][0-9]{0,4})([mhd])$/.exec(span);
  if (!match) throw new CommandFailed('--for: expected 30m, 2h, 7d or ever', EXIT.usage);
  return new Date(now.getTime() + Number(match[1]) * (SPANS_MS[match[2] ?? ''] ?? 0)).toISOString();
}
