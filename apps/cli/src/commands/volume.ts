import { verbs, type QueueTrouble, type Volume, type VolumePoint, type VolumeRange } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { table, type Column } from '../output/table.ts';
import { answer, listed, onDatabase } from './runner.ts';

const OUTCOMES = [
  { title: 'delivered', value: ({ delivered }) => delivered, align: 'right' },
  { title: 'deferred', value: ({ deferred }) => deferred, align: 'right' },
  { title: 'bounced', value: ({ bounced }) => bounced, align: 'right' },
  { title: 'expired', value: ({ expired }) => expired, align: 'right' },
] as const satisfies readonly Column<Volume['total']>[];
const POINTS: readonly Column<VolumePoint>[] = [
  { title: 'from', value: ({ at }) => at },
  ...OUTCOMES,
  { title: 'p50 ms', value: ({ waits }) => waits?.p50Ms ?? null, align: 'right' },
  { title: 'p95 ms', value: ({ waits }) => waits?.p95Ms ?? null, align: 'right' },
  { title: 'waiting', value: ({ depth }) => depth?.recipients ?? null, align: 'right' },
];
const QUEUES: readonly Column<QueueTrouble>[] = [
  { title: 'queue', value: ({ queue }) => queue.name },
  { title: 'delivered', value: ({ delivered }) => delivered, align: 'right' },
  { title: 'deferred', value: ({ deferred }) => deferred, align: 'right' },
  { title: 'bounced', value: ({ bounced }) => bounced, align: 'right' },
  { title: 'why', value: ({ classes }) => classes.map((each) => each.class).join(', ') || null },
  { title: 'last failure', value: ({ lastFailure }) => lastFailure?.reply.text.slice(0, 80) ?? null },
];

/** `postern volume` */
export function volumeCommand(io: Io): Command {
  const command = new Command('volume')
    .description('what became of mail over a time: outcomes, how long deliveries took, what waited')
    .option('--range <range>', '15m, 1h, 6h, 24h, 7d, 30d, 90d or 1y', '24h')
    .option('--queues', 'by delivery queue, those with trouble first');
  return onDatabase(command, io, async (context, options: { range: VolumeRange; queues?: true }) => {
    const query = { range: options.range };
    if (options.queues) {
      const { items } = answer(await verbs.listTroubles(context, { query: { ...query, limit: 50 } }));
      return listed(QUEUES, items, 'Nothing was attempted in that time: --range looks further back.');
    }
    const volume = answer(await verbs.showVolume(context, { query }));
    return { json: volume, text: (width) => table(POINTS, volume.points, width) };
  });
}
