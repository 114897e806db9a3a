import { verbs, type ReturnedReport } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import type { Column } from '../output/table.ts';
import { limited, listed, onDatabase, readAll } from './runner.ts';

const COLUMNS: readonly Column<ReturnedReport>[] = [
  { title: 'came', value: ({ receivedAt }) => localTime(receivedAt) },
  {
    title: 'kind',
    value: ({ kind, action, feedbackType }) => [kind, action ?? feedbackType].filter(Boolean).join(' '),
  },
  { title: 'class', value: ({ class: why }) => why ?? '' },
  { title: 'message', value: ({ messageId }) => messageId, whole: true },
  { title: 'tied to', value: ({ recipient, named }) => recipient ?? `nobody (names ${named ?? 'nobody'})` },
  { title: 'effect', value: ({ effect }) => effect },
  { title: 'from', value: ({ reportingMta, clientAddress }) => reportingMta ?? clientAddress },
  { title: 'says', value: ({ diagnostic, status }) => (diagnostic ?? status ?? '').slice(0, 60) },
];

interface Options {
  readonly message?: string;
  readonly kind?: string;
  readonly effect?: string;
  readonly limit: number;
}

/** `postern bounce returned` */
export function returnedCommand(io: Io): Command {
  const command = new Command('returned')
    .description('what came back to signed return-paths, the latest first, and what it was tied to')
    .option('--message <id>', 'about one message')
    .option('--kind <kind>', 'dsn, feedback, or other')
    .option('--effect <effect>', 'told, counted, suppressed, repeated, or none');
  return onDatabase(limited(command, 100), io, async (context, { limit, message, kind, effect }: Options) => {
    const filter = {
      ...(message ? { message } : {}),
      ...(kind ? { kind: kind as never } : {}),
      ...(effect ? { effect: effect as never } : {}),
    };
    const items = await readAll(limit, (page) => verbs.listReturnedReports(context, { query: { ...page, ...filter } }));
    return listed(
      COLUMNS,
      items,
      'Nothing came back: only signed return-paths are told (postern bounce settings --signed-paths yes).',
    );
  });
}
