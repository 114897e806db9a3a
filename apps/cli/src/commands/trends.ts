import { verbs, type Context, type Trend } from '@postern/administration';
import { Argument, Command } from 'commander';
import type { Io } from '../io.ts';
import { table, type Column } from '../output/table.ts';
import { answer, onDatabase } from './runner.ts';

const TRENDS: readonly Column<Trend>[] = [
  { title: 'id', value: ({ id }) => id, whole: true },
  { title: 'delivered, hour by hour', value: ({ delivered }) => delivered.join(' ') },
  { title: 'deferred, bounced or expired', value: ({ troubled }) => troubled.join(' ') },
];

const ASKS = {
  queues: verbs.queueTrends,
  credentials: verbs.credentialTrends,
  networks: verbs.networkTrends,
} as const;

/** `postern trends WHAT IDS` */
export function trendsCommand(io: Io): Command {
  const command = new Command('trends')
    .description('how attempts ended in each of the last 24 hours, the one that is under way last')
    .addArgument(new Argument('<what>', 'whose').choices(Object.keys(ASKS)))
    .argument('<ids>', 'their ids, as the lists tell them with --json, with commas between');
  return onDatabase(command, io, async (context: Context, what: keyof typeof ASKS, ids: string) => {
    const trends = answer(await ASKS[what](context, { query: { ids } }));
    return { json: trends, text: (width) => table(TRENDS, trends.items, width) };
  });
}
