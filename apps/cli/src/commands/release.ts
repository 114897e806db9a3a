import { verbs } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import { answer, because, onDatabase, REASON } from './runner.ts';

interface ReleaseOptions {
  readonly keepMail?: true;
  readonly reason?: string;
}

/** `postern credential release` and `postern network release` */
export function releaseCommand(io: Io, noun: 'credential' | 'network'): Command {
  const command = new Command('release')
    .description('its new mail, which the abuse guard holds, is as it should be: send it, and hold no more')
    .argument(noun === 'credential' ? '<name>' : '<cidr>')
    .option('--keep-mail', 'hold no more, and leave what is held to be released or cancelled by itself')
    .option(...REASON);
  return onDatabase(command, io, async (context, text: string, options: ReleaseOptions) => {
    const body = { mail: options.keepMail ? 'keep' : 'release', ...because(options) } as const;
    const released = answer(
      noun === 'credential'
        ? await verbs.releaseCredential(context, { params: { credential: text }, body })
        : await verbs.releaseNetwork(context, { params: { network: text }, body }),
    );
    return {
      json: released,
      text: `${text} is released, ${counted(released.recipients, 'recipient')} of held mail with it.\n`,
    };
  });
}
