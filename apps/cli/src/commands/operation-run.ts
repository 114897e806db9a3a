import { verbs, type Context, type Operation, type OperationKind } from '@postern/administration';
import { CommandFailed } from '../exit.ts';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import type { CommandOptions } from './message-command.ts';
import { answer, because, type Shown } from './runner.ts';

/** Begins an operation on what a query describes, and sees it through: this process does its part of the batches. */
export async function runOperation(given: {
  readonly context: Context;
  readonly io: Io;
  readonly kind: OperationKind;
  readonly query: string;
  readonly options: CommandOptions;
  readonly done: string;
}): Promise<Shown> {
  const { context, io, kind, query, options, done } = given;
  if (options.dryRun) {
    const count = answer(await verbs.countOperation(context, { body: { kind, query } }));
    return {
      json: count,
      text: `${counted(count.recipients, 'recipient')} of ${counted(count.messages, 'message')}.\n`,
    };
  }
  const route = options.route === undefined ? {} : { route: options.route };
  const begun = answer(await verbs.startOperation(context, { body: { kind, query, ...because(options), ...route } }));
  if (options.wait === false) {
    return { json: begun, text: `Operation ${begun.id} has begun, for ${counted(begun.expected, 'recipient')}.\n` };
  }
  const ended = await seeThrough(context, begun, (now) => io.err(`${kind}: ${now.moved} of ${now.expected}\n`));
  if (ended.state === 'failed') throw new CommandFailed(`The operation failed: ${ended.fault ?? 'no reason is known'}`);
  const cut = ended.state === 'cancelled' ? ` It was cancelled by ${ended.cancelledBy ?? 'somebody'}.` : '';
  return {
    json: { ...ended, recipients: ended.moved },
    text: `${counted(ended.moved, 'recipient')} ${ended.moved === 1 ? 'is' : 'are'} ${done}.${cut}\n`,
  };
}

const TELL_MS = 1_000;
const LOOK_MS = 250;

/** Works on an operation until it has ended; answers how it ended. */
async function seeThrough(context: Context, begun: Operation, tell: (now: Operation) => void): Promise<Operation> {
  let toldAt = performance.now();
  for (;;) {
    const worked = await context.store.workOnOperations(begun.id);
    for (const queueId of worked?.queues ?? []) context.alarmClock.wake({ queueId, lane: 0 });
    const look = worked === undefined || performance.now() > toldAt + TELL_MS;
    if (!look) continue;
    const now = answer(await verbs.showOperation(context, { params: { id: begun.id } }));
    if (now.state !== 'running') return now;
    if (performance.now() > toldAt + TELL_MS) {
      tell(now);
      toldAt = performance.now();
    }
    // Another process is at it just now.
    if (worked === undefined) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
