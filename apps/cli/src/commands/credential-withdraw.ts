import { verbs } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import { answer, because, onDatabase, REASON } from './runner.ts';

interface WithdrawOptions {
  readonly purgeQueue?: true;
  readonly holdQueue?: true;
  readonly dryRun?: true;
  readonly reason?: string;
}

const WORDS = {
  disable: {
    says: 'refuse it until it is enabled again; its sessions end',
    done: 'disabled',
    verb: verbs.disableCredential,
  },
  revoke: { says: 'refuse it for good; its sessions end', done: 'revoked', verb: verbs.revokeCredential },
} as const;

/** `postern credential disable` and `revoke` */
export function withdrawCommand(io: Io, word: keyof typeof WORDS): Command {
  const { says, done, verb } = WORDS[word];
  const command = new Command(word)
    .description(says)
    .argument('<name>')
    .option('--purge-queue', 'cancel its mail that waits or is held')
    .option('--hold-queue', 'hold its mail that waits')
    .option('--dry-run', 'change nothing, and count its mail that waits or is held')
    .option(...REASON);
  return onDatabase(command, io, async (context, name: string, options: WithdrawOptions) => {
    const { purgeQueue, holdQueue, dryRun } = options;
    if (purgeQueue && holdQueue) throw new CommandFailed('--purge-queue: Expected it without --hold-queue', EXIT.usage);
    const queue = purgeQueue ? 'purge' : holdQueue ? 'hold' : 'keep';
    const body = { queue, dryRun: dryRun === true, ...because(options) } as const;
    const withdrawn = answer(await verb(context, { params: { credential: name }, body }));
    const { waiting, moved } = withdrawn;
    const mail = { keep: '', hold: `${moved} are held now.`, purge: `${moved} are cancelled.` }[queue];
    const text = dryRun
      ? `${withdrawn.name} would be ${done}. ${counted(waiting, 'recipient')} of its mail ${waiting === 1 ? 'waits or is' : 'wait or are'} held.\n`
      : `${withdrawn.name} is ${done}. ${counted(waiting, 'recipient')} of its mail waited or ${waiting === 1 ? 'was' : 'were'} held. ${mail}`
          .trimEnd()
          .concat('\n');
    return { json: withdrawn, text };
  });
}
