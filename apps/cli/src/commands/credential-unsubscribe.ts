import { showUnsubscribeKey, verbs } from '@postern/administration';
import type { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { answer, because, onDatabase, REASON } from './runner.ts';

interface Options {
  readonly uri?: string;
  readonly off?: true;
  readonly key?: true;
  readonly reason?: string;
}

/** `postern credential unsubscribe`: List-Unsubscribe and List-Unsubscribe-Post for messages that have none. */
export function credentialUnsubscribeCommand(noun: Command, io: Io): void {
  const command = noun
    .command('unsubscribe')
    .description('add List-Unsubscribe, with one click where they are signed, to its messages that have none')
    .argument('<name>')
    .option('--uri <template>', "where one unsubscribes: 'https://example.org/u?r={recipient}&t={token}'")
    .option('--off', 'add nothing any more')
    .option('--key', 'show what {token} is made with: HMAC-SHA256 with this key of the recipient, base64url')
    .option(...REASON);
  onDatabase(command, io, async (context, name: string, options: Options) => {
    const { uri, off, key } = options;
    if ([uri, off, key].filter((each) => each !== undefined).length > 1)
      throw new CommandFailed('Expected one of --uri, --off and --key', EXIT.usage);
    if (key) {
      const found = answer(await showUnsubscribeKey(context, name));
      return { json: found, text: `${found.key}\n` };
    }
    const params = { credential: name };
    const settings = answer(
      uri !== undefined || off
        ? await verbs.updateUnsubscribe(context, { params, body: { template: uri ?? null, ...because(options) } })
        : await verbs.showUnsubscribe(context, { params }),
    );
    return { json: settings, text: `${settings.template ?? 'Nothing is added to its messages.'}\n` };
  });
}
