import { verbs, type BounceRuleVersion, type Reclassified } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import { table, type Column } from '../output/table.ts';
import { answer, because, listed, onDatabase, readAll, REASON, type Shown } from './runner.ts';
import { whole } from './whole.ts';

const CHANGES: readonly Column<Reclassified>[] = [
  { title: 'replies', value: ({ replies }) => String(replies) },
  { title: 'from', value: ({ from }) => from ?? '(none)' },
  { title: 'to', value: ({ to }) => to },
  { title: 'rule', value: ({ rule }) => rule },
  { title: 'example', value: ({ example }) => example.slice(0, 80) },
];

const VERSIONS: readonly Column<BounceRuleVersion>[] = [
  { title: 'version', value: ({ version }) => String(version) },
  { title: 'rules', value: ({ rules }) => (rules === 0 ? 'those that ship' : String(rules)) },
  { title: 'since', value: ({ createdAt }) => localTime(createdAt) },
  { title: 'by', value: ({ createdBy }) => createdBy },
  { title: 'active', value: ({ active }) => (active ? 'yes' : '') },
];

/** `postern bounce rules …`; rules come and go as JSON. */
export function rulesCommand(io: Io): Command {
  const noun = new Command('rules').description('the rules that classify replies');
  const show = noun
    .command('show')
    .description('those that are active, or those of a version, as JSON')
    .option('--of <version>', 'of this version');
  onDatabase(show, io, async (context, { of }: { of?: string }) => {
    const set = answer(
      of === undefined
        ? await verbs.showBounceRules(context, {})
        : await verbs.showBounceRuleVersion(context, { params: { version: whole(of, '--of') } }),
    );
    return { json: set, text: `${JSON.stringify(set, null, 2)}\n` };
  });
  const list = noun.command('list').description('the versions that were activated, the latest first');
  onDatabase(list, io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listBounceRules(context, { query }));
    return listed(
      VERSIONS,
      items,
      'There is no version but the rules that ship, which are active: postern bounce rules activate makes one.',
    );
  });
  const replay = noun
    .command('replay')
    .description('what the rules on standard input would change of the latest stored replies')
    .option('--replies <n>', 'how many at most', '5000');
  onDatabase(replay, io, async (context, { replies }: { replies: string }) => {
    const rules = await rulesFrom(io);
    return shown(
      answer(await verbs.replayBounceRules(context, { body: { rules, replies: whole(replies, '--replies') } })),
    );
  });
  const activate = noun
    .command('activate')
    .description('classify by the rules on standard input from now on')
    .option('--shipped', 'go back to the rules that ship')
    .option(...REASON);
  onDatabase(activate, io, async (context, options: { shipped?: true; reason?: string }) => {
    const rules = options.shipped ? [] : await rulesFrom(io);
    const set = answer(await verbs.activateBounceRules(context, { body: { rules, ...because(options) } }));
    return { json: set, text: `Rules ${set.version} are active.\n` };
  });
  return noun;
}

async function rulesFrom(io: Io): Promise<Record<string, unknown>[]> {
  let text = '';
  for await (const chunk of io.stdin) text += String(chunk);
  try {
    const given: unknown = JSON.parse(text);
    const rules = Array.isArray(given) ? given : (given as { rules?: unknown } | null)?.rules;
    if (Array.isArray(rules)) return rules as Record<string, unknown>[];
  } catch {
    // Told below.
  }
  throw new CommandFailed('standard input holds no rules in JSON', EXIT.usage);
}

/** What rules change, for people and programs. */
export function shown(result: { readonly replies: number; readonly changes: readonly Reclassified[] }): Shown {
  const changed = result.changes.reduce((sum, { replies }) => sum + replies, 0);
  const head = `${changed} of ${result.replies} replies are told otherwise.\n`;
  return { json: result, text: (width) => (changed > 0 ? head + table(CHANGES, result.changes, width) : head) };
}
