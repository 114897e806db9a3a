import { verbs, type Context, type MovedRecipients, type OperationKind, type Outcome } from '@postern/administration';
import { parseMessageId } from '@postern/queue';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import { runOperation } from './operation-run.ts';
import { answer, because, onDatabase, REASON, type Shown } from './runner.ts';

type MessageVerb = (
  context: Context,
  request: { readonly params: { readonly id: string }; readonly body: { reason?: string; route?: string | null } },
) => Promise<Outcome<MovedRecipients>>;

/** What can be done to messages: what it says in the help, what recipients are then, and the verb for one message. */
const COMMANDS: readonly (readonly [OperationKind, string, string, MessageVerb])[] = [
  ['hold', 'hold: not sent until it is released', 'held', verbs.holdMessage],
  ['release', 'release what is held', 'released', verbs.releaseMessage],
  ['retry', 'make what is deferred due now', 'due now', verbs.retryMessage],
  ['reroute', 'send what waits by a route, or look up anew where it goes', 'rerouted', verbs.rerouteMessage],
  ['cancel', 'cancel: what waits is never sent, and nobody hears of it', 'cancelled', verbs.cancelMessage],
  ['bounce', 'return what waits to its sender, as failed for good', 'bounced', verbs.bounceMessage],
  ['expire', 'give what waits up, as if its time were over', 'expired', verbs.expireMessage],
];

/** `postern message hold|release|retry|reroute|cancel|bounce|expire` */
export function messageCommands(io: Io): readonly Command[] {
  return COMMANDS.map(([kind, says, done, verb]) => {
    const command = new Command(kind)
      .description(says)
      .argument('<id or query...>', 'ids of messages, or a query as for find')
      .option('--dry-run', 'only count what it would be for')
      .option('--no-wait', 'for a query: begin, and let the delivery processes go on with it')
      .option(...REASON);
    if (kind === 'reroute') command.option('--route <route>', 'the route (default: looked up anew)');
    onDatabase(command, io, (context, words: readonly string[], options: CommandOptions) => {
      const byId = words.every((word) => parseMessageId(word) !== undefined);
      const query = byId ? words.map((word) => `id:${word}`).join(' ') : words.join(' ').trim();
      if (query === '') throw new CommandFailed('name messages by id, or a query that finds them', EXIT.usage);
      return byId && !(options.dryRun && words.length === 1)
        ? each({ context, ids: words, options, done, verb })
        : runOperation({ context, io, kind, query, options, done });
    });
    return command;
  });
}

export interface CommandOptions {
  readonly dryRun?: true;
  readonly wait?: boolean;
  readonly reason?: string;
  readonly route?: string;
}

async function each(given: {
  readonly context: Context;
  readonly ids: readonly string[];
  readonly options: CommandOptions;
  readonly done: string;
  readonly verb: MessageVerb;
}): Promise<Shown> {
  const { context, ids, options, done, verb } = given;
  if (options.dryRun) return { json: { messages: ids.length }, text: `${counted(ids.length, 'message')}.\n` };
  const route = options.route === undefined ? {} : { route: options.route };
  let recipients = 0;
  for (const id of ids) {
    recipients += answer(await verb(context, { params: { id }, body: { ...because(options), ...route } })).recipients;
  }
  const messages = ids.length;
  return {
    json: { messages, recipients },
    text: `${counted(recipients, 'recipient')} of ${counted(messages, 'message')} ${recipients === 1 ? 'is' : 'are'} ${done}.\n`,
  };
}
