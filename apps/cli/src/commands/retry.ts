import { verbs, type Context, type RetryPlan } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { table, type Column } from '../output/table.ts';
import { answer, because, listed, onDatabase, REASON, type Shown } from './runner.ts';

const COLUMNS: readonly Column<RetryPlan>[] = [
  { title: 'mail', value: ({ scope, subject }) => `${scope} ${subject}`.trim() },
  { title: 'tried again after', value: ({ delaysSeconds }) => delaysSeconds.map(spanOf).join(' ') },
  { title: 'given up after', value: ({ giveUpSeconds }) => spanOf(giveUpSeconds) },
  { title: 'told after', value: ({ delayNoticeSeconds }) => spanOf(delayNoticeSeconds ?? 14_400) },
  { title: 'id', value: ({ id }) => id, whole: true },
];

/** `postern retry …` */
export function retryCommand(io: Io): Command {
  const noun = new Command('retry').description('when deferred mail is tried again, and when it is given up');
  onDatabase(noun.command('list').description('what was set, and for which mail'), io, async (context) => {
    const { items } = answer(await verbs.listRetryPlans(context, {}));
    return listed(COLUMNS, items, 'Nothing is set: mail is tried again as everywhere. postern retry set sets it.');
  });
  const set = noun
    .command('set')
    .description('set it for all mail, or for that of a route, a site or a tag of credentials')
    .requiredOption('--after <spans>', 'the waits after the first, second … attempt: 5m,10m,30m,1h,2h,4h')
    .requiredOption('--give-up <span>', 'how long after its acceptance mail is given up: 5d')
    .option(
      '--tell-after <span>',
      'how long after its acceptance its sender is told that mail is late; 4h when left out',
    )
    .option('--route <route>', 'only the mail of a route')
    .option('--site <site>', 'only the mail of a site: its name, or a domain that it serves')
    .option('--tag <tag>', 'only the mail of credentials that have this tag; past its time it is not tried any more')
    .option(...REASON);
  onDatabase(set, io, (context, options: SetOptions) => set_(context, options));
  const remove = noun
    .command('remove')
    .description('remove what was set')
    .argument('<id>')
    .option(...REASON);
  onDatabase(remove, io, async (context, id: string, why: { readonly reason?: string }) => {
    answer(await verbs.removeRetryPlan(context, { params: { id }, body: because(why) }));
    return { json: { removed: id }, text: 'It is removed.\n' };
  });
  return noun;
}

interface SetOptions {
  readonly after: string;
  readonly giveUp: string;
  readonly tellAfter?: string;
  readonly route?: string;
  readonly site?: string;
  readonly tag?: string;
  readonly reason?: string;
}

async function set_(context: Context, options: SetOptions): Promise<Shown> {
  const named = (['route', 'site', 'tag'] as const).flatMap((scope) => {
    const subject = options[scope];
    return subject === undefined ? [] : [{ scope, subject }];
  });
  const [about, ...more] = named;
  if (more.length > 0) throw new CommandFailed('name one of --route, --site and --tag', EXIT.usage);
  const body = {
    ...(about ?? { scope: 'default' as const }),
    delaysSeconds: options.after.split(/[\s,]+/).map((each) => secondsOf('--after', each)),
    giveUpSeconds: secondsOf('--give-up', options.giveUp),
    ...(options.tellAfter === undefined ? {} : { delayNoticeSeconds: secondsOf('--tell-after', options.tellAfter) }),
    ...because(options),
  };
  const plan = answer(await verbs.setRetryPlan(context, { body }));
  return { json: plan, text: (width) => table(COLUMNS, [plan], width) };
}

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
];

function secondsOf(option: string, text: string): number {
  const match = /^([1-9][0-9]{0,6})([smhd])$/.exec(text);
  const unit = UNITS.find(([each]) => each === match?.[2])?.[1];
  if (!match || unit === undefined) throw new CommandFailed(`${option}: expected 30s, 5m, 2h or 5d`, EXIT.usage);
  return Number(match[1]) * unit;
}

function spanOf(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}
