import { verbs, type Network } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import { table, type Column } from '../output/table.ts';
import { releaseCommand } from './release.ts';
import { answer, because, gather, listed, mustChange, onDatabase, readAll, REASON } from './runner.ts';
import { addSubmitterOptions, ratesOf, settingsOf, type SubmitterOptions } from './submitter-options.ts';
import { usageCommand } from './usage.ts';

const COLUMNS: readonly Column<Network>[] = [
  { title: 'network', value: ({ cidr }) => cidr },
  { title: 'senders', value: ({ senderRules }) => senderRules.join(' ') },
  { title: 'rewritten to', value: ({ rewriteFrom }) => rewriteFrom ?? '' },
  { title: 'rate', value: ({ limits }) => ratesOf(limits, 'messages') || null },
  { title: 'last used', value: ({ lastUsedAt }) => localTime(lastUsedAt) },
  { title: 'listed', value: ({ createdAt }) => localTime(createdAt) },
];

/** `postern network …` */
export function networkCommand(io: Io): Command {
  const noun = new Command('network').description('listed networks: whose hosts may relay without a credential');
  const add = noun
    .command('add')
    .description('list a network')
    .argument('<cidr>', '192.0.2.0/24, 2001:db8::/32, or one address')
    .option('--sender <rule>', 'whom its hosts may send as (default: anyone); again for more', gather)
    .option('--rewrite-from <address>', 'whom its devices send as, whatever they say, on a listener for devices');
  onDatabase(addSubmitterOptions(add), io, async (context, cidr: string, options: AddOptions) => {
    const { rewriteFrom } = options;
    const body = { cidr, ...rulesOf(options), ...(rewriteFrom ? { rewriteFrom } : {}), ...settingsOf(options) };
    const network = answer(await verbs.addNetwork(context, { body }));
    return { json: network, text: `${network.cidr} is listed.\n` };
  });
  const list = noun
    .command('list')
    .description('listed networks, by address')
    .option('--contains <text>', 'only those that contain this, or that this address is in');
  onDatabase(list, io, async (context, { contains }: { readonly contains?: string }) => {
    const filter = contains === undefined ? {} : { contains };
    const items = await readAll(Infinity, (page) => verbs.listNetworks(context, { query: { ...page, ...filter } }));
    return listed(
      COLUMNS,
      items,
      contains === undefined ? 'No network is listed: postern network add lists one.' : 'No network is so.',
    );
  });
  const update = noun
    .command('update')
    .description('change settings; what is not named stays')
    .argument('<cidr>', 'the network, or its id')
    .option('--sender <rule>', 'whom its hosts may send as; again for more', gather)
    .option('--rewrite-from <address>', "whom its devices send as on a listener for devices; '' for whom they say")
    .option(...REASON);
  onDatabase(addSubmitterOptions(update), io, async (context, text: string, options: AddOptions) => {
    const { rewriteFrom } = options;
    const rewrite = rewriteFrom === undefined ? {} : { rewriteFrom: rewriteFrom === '' ? null : rewriteFrom };
    const body = { ...rulesOf(options), ...rewrite, ...settingsOf(options), ...because(options) };
    mustChange(body);
    const network = answer(await verbs.updateNetwork(context, { params: { network: text }, body }));
    return { json: network, text: (width) => table(COLUMNS, [network], width) };
  });
  noun.addCommand(usageCommand(io, 'network'));
  noun.addCommand(releaseCommand(io, 'network'));
  const remove = noun
    .command('remove')
    .description('list it no longer')
    .argument('<cidr>', 'the network, or its id')
    .option(...REASON);
  onDatabase(remove, io, async (context, network: string, options: { reason?: string }) => {
    answer(await verbs.removeNetwork(context, { params: { network }, body: because(options) }));
    return { json: { removed: network }, text: `${network} is no longer listed.\n` };
  });
  return noun;
}

interface NetworkOptions extends SubmitterOptions {
  readonly sender?: readonly string[];
  readonly reason?: string;
}

interface AddOptions extends NetworkOptions {
  readonly rewriteFrom?: string;
}

function rulesOf({ sender }: NetworkOptions): { senderRules?: string[] } {
  return sender ? { senderRules: [...sender] } : {};
}
