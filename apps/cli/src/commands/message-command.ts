import { verbs, type OperationKind } from '@postern/administration';
import { parseMessageId } from '@postern/queue';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { messagesById, type MessageVerb } from './message-by-id.ts';
import { runOperation } from './operation-run.ts';
import { onDatabase, REASON } from './runner.ts';

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
      const query = words.join(' ').trim();
      if (query === '') throw new CommandFailed('name messages by id, or a query that finds them', EXIT.usage);
      return byId
        ? messagesById({ context, kind, ids: [...new Set(words)], options, done, verb })
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
