import { verbs, type PoolRule, type Source } from '@postern/administration';
import { Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { table, type Column } from '../output/table.ts';
import { answer, because, gather, listed, mustChange, onDatabase, readAll, REASON } from './runner.ts';
import { whole } from './whole.ts';

const COLUMNS: readonly Column<Source>[] = [
  { title: 'source', value: ({ name }) => name },
  { title: 'pool', value: ({ pool }) => pool },
  { title: 'addresses', value: ({ addresses }) => addresses.join(' ') },
  { title: 'ehlo', value: ({ ehloName }) => ehloName },
  { title: 'weight', value: ({ weight }) => weight, align: 'right' },
  { title: 'today', value: ({ todayPerSite }) => (todayPerSite === null ? 'any' : `${todayPerSite} a site`) },
  {
    title: 'missing on',
    value: ({ missing }) => missing.map(({ machine, addresses }) => `${machine} (${addresses.join(' ')})`).join(', '),
  },
];

const RULES: readonly Column<PoolRule>[] = [
  { title: 'pool', value: ({ pool }) => pool },
  { title: 'credential', value: ({ credential, credentialId }) => credential ?? credentialId ?? 'any' },
  { title: 'sender', value: ({ senderRule }) => senderRule ?? 'any' },
  { title: 'route', value: ({ route }) => route ?? 'any' },
  { title: 'id', value: ({ id }) => id, whole: true },
];

/** `postern source …` */
export function sourceCommand(io: Io): Command {
  const noun = new Command('source').description('sources: the addresses that mail leaves from, in pools');
  const add = noun
    .command('add')
    .description('add a source to a pool; machines that do not have its addresses skip it')
    .argument('<name>')
    .requiredOption('--address <ip>', 'an address of this gateway; again for one of the other family', gather)
    .requiredOption('--ehlo <name>', 'the name that is said from there')
    .option('--pool <pool>', 'what nothing else is said about leaves from the pool default', 'default')
    .option('--weight <n>', 'its share among the sources of its pool', '1')
    .option('--warm-up <counts>', 'messages a day to each site while it is new: 50,100,200,500');
  onDatabase(add, io, async (context, name: string, options: AddOptions) => {
    const { address, ehlo, pool, weight, warmUp } = options;
    const body = {
      name,
      pool,
      addresses: [...address],
      ehloName: ehlo,
      weight: whole(weight, '--weight'),
      warmUp: warmUp === undefined ? [] : countsOf(warmUp),
    };
    const source = answer(await verbs.addSource(context, { body }));
    return { json: source, text: `The source ${source.name} is in the pool ${source.pool}.\n` };
  });
  onDatabase(noun.command('list').description('all sources'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listSources(context, { query }));
    return listed(COLUMNS, items, 'There is no source: the system chooses. postern source add adds one.');
  });
  const update = noun
    .command('update')
    .description('change a source; what is not given stays')
    .argument('<name>')
    .option('--address <ip>', 'its addresses from now on; again for one of the other family', gather)
    .option('--ehlo <name>', 'the name that is said from there')
    .option('--pool <pool>', 'the pool that it is in')
    .option('--weight <n>', 'its share among the sources of its pool')
    .option('--warm-up <counts>', 'messages a day to each site while it is new: 50,100,200,500; or none')
    .addOption(
      new Option(
        '--warm-up-from <when>',
        'begin the warm-up again today, or go on with it (default: again when an address is new)',
      ).choices(['today', 'kept']),
    )
    .option(...REASON);
  onDatabase(update, io, async (context, name: string, options: UpdateOptions) => {
    const body = changeOf(options);
    mustChange(body);
    const source = answer(await verbs.updateSource(context, { params: { source: name }, body }));
    return { json: source, text: (width) => table(COLUMNS, [source], width) };
  });
  const show = noun.command('show').description('one source').argument('<name>');
  onDatabase(show, io, async (context, name: string) => {
    const source = answer(await verbs.showSource(context, { params: { source: name } }));
    return { json: source, text: (width) => table(COLUMNS, [source], width) };
  });
  const remove = noun
    .command('remove')
    .description('remove a source')
    .argument('<name>')
    .option(...REASON);
  onDatabase(remove, io, async (context, source: string, why: { readonly reason?: string }) => {
    answer(await verbs.removeSource(context, { params: { source }, body: because(why) }));
    return { json: { removed: source }, text: `The source ${source} is removed.\n` };
  });
  rules(noun, io);
  return noun;
}

interface AddOptions {
  readonly address: readonly string[];
  readonly ehlo: string;
  readonly pool: string;
  readonly weight: string;
  readonly warmUp?: string;
}

interface UpdateOptions extends Partial<Omit<AddOptions, 'warmUp'>> {
  readonly warmUp?: string;
  readonly warmUpFrom?: 'today' | 'kept';
  readonly reason?: string;
}

/** What was given, and nothing else. */
function changeOf({ address, ehlo, pool, weight, warmUp, warmUpFrom, ...why }: UpdateOptions) {
  return {
    ...(address === undefined ? {} : { addresses: [...address] }),
    ...(ehlo === undefined ? {} : { ehloName: ehlo }),
    ...(pool === undefined ? {} : { pool }),
    ...(weight === undefined ? {} : { weight: whole(weight, '--weight') }),
    ...(warmUp === undefined ? {} : { warmUp: warmUp === 'none' ? [] : countsOf(warmUp) }),
    ...(warmUpFrom === undefined ? {} : { warmUpFrom }),
    ...because(why),
  };
}

function countsOf(warmUp: string): number[] {
  return warmUp.split(',').map((count) => whole(count.trim(), '--warm-up'));
}

interface UseOptions {
  readonly credential?: string;
  readonly sender?: string;
  readonly route?: string;
  readonly reason?: string;
}

function rules(noun: Command, io: Io): void {
  const use = noun
    .command('use')
    .description('let mail leave from a pool: that of a credential, a sender or a route; the first rule counts')
    .argument('<pool>')
    .option('--credential <name>', 'mail of this credential')
    .option('--sender <rule>', 'an address, @domain, @*.domain or <>')
    .option('--route <name>', 'mail that goes through this route')
    .option(...REASON);
  onDatabase(use, io, async (context, pool: string, { credential, sender, route, ...why }: UseOptions) => {
    const about = { credential: credential ?? null, senderRule: sender ?? null, route: route ?? null };
    const body = { pool, ...about, ...because(why) };
    const rule = answer(await verbs.addPoolRule(context, { body }));
    return { json: rule, text: `That mail leaves from the pool ${rule.pool}. The rule's id is ${rule.id}.\n` };
  });
  onDatabase(noun.command('rules').description('which mail leaves from which pool'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listPoolRules(context, { query }));
    return listed(
      RULES,
      items,
      'There is no rule: all mail leaves from the pool default. postern source use adds one.',
    );
  });
  const unuse = noun
    .command('unuse')
    .description('remove a rule')
    .argument('<id>', 'as source rules shows it')
    .option(...REASON);
  onDatabase(unuse, io, async (context, id: string, why: { readonly reason?: string }) => {
    answer(await verbs.removePoolRule(context, { params: { id }, body: because(why) }));
    return { json: { removed: id }, text: 'The rule is removed.\n' };
  });
}
