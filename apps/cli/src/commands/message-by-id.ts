import { verbs, type Context, type MovedRecipients, type OperationKind, type Outcome } from '@postern/administration';
import { parseMessageId } from '@postern/queue';
import { CommandFailed, failureOf } from '../exit.ts';
import { counted } from '../output/counted.ts';
import type { CommandOptions } from './message-command.ts';
import { answer, because, type Shown } from './runner.ts';

export type MessageVerb = (
  context: Context,
  request: { readonly params: { readonly id: string }; readonly body: { reason?: string; route?: string | null } },
) => Promise<Outcome<MovedRecipients>>;

interface ById {
  readonly context: Context;
  readonly kind: OperationKind;
  readonly ids: readonly string[];
  readonly options: CommandOptions;
  readonly done: string;
  readonly verb: MessageVerb;
}

/**
 * Commands messages that are named by their ids. An id that is none stops it before anything is changed; of the others, the
 * messages in which nothing was to be done are named, and do not keep the rest back.
 */
export async function messagesById(given: ById): Promise<Shown> {
  await allKnown(given);
  if (given.options.dryRun) return count(given);
  const { context, ids, options, done, verb } = given;
  const body = { ...because(options), ...(options.route === undefined ? {} : { route: options.route }) };
  let recipients = 0;
  const unchanged: { readonly id: string; readonly detail: string }[] = [];
  for (const id of ids) {
    const outcome = await verb(context, { params: { id }, body });
    if ('ok' in outcome) recipients += outcome.ok.recipients;
    // What is wrong with the command itself is so for each of them.
    else if (ids.length === 1 || outcome.refused.code !== 'conflict') throw failureOf(outcome.refused);
    else unchanged.push({ id, detail: outcome.refused.detail });
  }
  const messages = ids.length - unchanged.length;
  const left = unchanged.map(({ id, detail }) => `${id}: ${detail}`).join('\n');
  if (messages === 0) throw new CommandFailed(left);
  return {
    json: { messages, recipients, ...(left === '' ? {} : { unchanged }) },
    text: `${counted(recipients, 'recipient')} of ${counted(messages, 'message')} ${recipients === 1 ? 'is' : 'are'} ${done}.\n`,
    ...(left === '' ? {} : { left }),
  };
}

async function allKnown({ context, ids }: ById): Promise<void> {
  const unknown: string[] = [];
  for (const id of ids) {
    const parsed = parseMessageId(id);
    if (!parsed || !(await context.store.showMessage(parsed))) unknown.push(`There is no message ${id}`);
  }
  if (unknown.length > 0) throw new CommandFailed(unknown.join('\n'));
}

async function count({ context, kind, ids }: ById): Promise<Shown> {
  let [messages, recipients] = [0, 0];
  for (const id of ids) {
    const counts = answer(await verbs.countOperation(context, { body: { kind, query: `id:${id}` } }));
    messages += counts.messages;
    recipients += counts.recipients;
  }
  return {
    json: { messages, recipients },
    text: `${counted(recipients, 'recipient')} of ${counted(messages, 'message')}.\n`,
  };
}
