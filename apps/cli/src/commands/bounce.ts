import { verbs, type BounceRate } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import type { Column } from '../output/table.ts';
import { returnedCommand } from './bounce-returned.ts';
import { rulesCommand, shown } from './bounce-rules.ts';
import { settingsCommand } from './bounce-settings.ts';
import { answer, because, listed, onDatabase, REASON } from './runner.ts';
import { whole } from './whole.ts';

const RATES: readonly Column<BounceRate>[] = [
  { title: 'of', value: ({ key }) => key || '(none)' },
  { title: 'fault', value: ({ fault }) => fault ?? '' },
  { title: 'delivered', value: ({ delivered }) => String(delivered) },
  { title: 'deferred', value: ({ deferred }) => String(deferred) },
  { title: 'bounced', value: ({ bounced }) => String(bounced) },
  { title: 'expired', value: ({ expired }) => String(expired) },
  { title: 'returned', value: ({ returned }) => String(returned) },
  { title: 'complained', value: ({ complained }) => String(complained) },
];

/** `postern bounce …` */
export function bounceCommand(io: Io): Command {
  const noun = new Command('bounce').description('bounces: how many, why, and what follows from them');
  const rates = noun
    .command('rates')
    .description('delivered, deferred, bounced and complained, over a time')
    .option('--by <what>', 'class, site, credential, network, domain, source, or time', 'class')
    .option('--since <instant>', 'from when on (default: a day ago)')
    .option('--until <instant>', 'up to when (default: now)')
    .option('--credential <name>', 'of one credential')
    .option('--network <network>', 'of one listed network, by its id or CIDR')
    .option('--domain <domain>', 'of one sender domain')
    .option('--queue <queue>', 'of one delivery queue')
    .option('--class <class>', 'of one class')
    .option('--source <source>', 'of one source');
  onDatabase(rates, io, async (context, options: Record<string, string>) => {
    const { json: _json, ...query } = options;
    const { items } = answer(await verbs.bounceRates(context, { query: query as never }));
    return listed(RATES, items, 'Nothing ended in that time: --since looks further back.');
  });
  noun.addCommand(settingsCommand(io));
  noun.addCommand(returnedCommand(io));
  noun.addCommand(rulesCommand(io));
  const again = noun
    .command('reclassify')
    .description('classify the latest stored replies again by the active rules')
    .option('--replies <n>', 'how many at most', '5000')
    .option(...REASON);
  onDatabase(again, io, async (context, options: { replies: string; reason?: string }) =>
    shown(
      answer(
        await verbs.reclassifyBounces(context, {
          body: { replies: whole(options.replies, '--replies'), ...because(options) },
        }),
      ),
    ),
  );
  return noun;
}
