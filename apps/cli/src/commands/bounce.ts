import { verbs, type BounceRate, type Reclassified } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { table, type Column } from '../output/table.ts';
import { answer, because, onDatabase, REASON, type Shown } from './runner.ts';

const RATES: readonly Column<BounceRate>[] = [
  { title: 'of', value: ({ key }) => key || '(none)' },
  { title: 'delivered', value: ({ delivered }) => String(delivered) },
  { title: 'deferred', value: ({ deferred }) => String(deferred) },
  { title: 'bounced', value: ({ bounced }) => String(bounced) },
  { title: 'expired', value: ({ expired }) => String(expired) },
  { title: 'returned', value: ({ returned }) => String(returned) },
  { title: 'complained', value: ({ complained }) => String(complained) },
];
const CHANGES: readonly Column<Reclassified>[] = [
  { title: 'replies', value: ({ replies }) => String(replies) },
  { title: 'from', value: ({ from }) => from ?? '(none)' },
  { title: 'to', value: ({ to }) => to },
  { title: 'rule', value: ({ rule }) => rule },
  { title: 'example', value: ({ example }) => example.slice(0, 80) },
];

/** `postern bounce …` */
export function bounceCommand(io: Io): Command {
  const noun = new Command('bounce').description('bounces: how many, why, and what follows from them');
  const rates = noun
    .command('rates')
    .description('delivered, deferred, bounced and complained, over a time')
    .option('--by <what>', 'class, site, credential, domain, source, or time', 'class')
    .option('--since <instant>', 'from when on (default: a day ago)')
    .option('--until <instant>', 'up to when (default: now)')
    .option('--credential <name>', 'of one credential')
    .option('--domain <domain>', 'of one sender domain')
    .option('--queue <queue>', 'of one delivery queue')
    .option('--class <class>', 'of one class')
    .option('--source <source>', 'of one source');
  onDatabase(rates, io, async (context, options: Record<string, string>) => {
    const { json: _json, ...query } = options;
    const { items } = answer(await verbs.bounceRates(context, { query: query as never }));
    return { json: items, text: items.length > 0 ? table(RATES, items) : 'Nothing ended in that time.\n' };
  });
  const settings = noun
    .command('settings')
    .description('how bounces of a credential are dealt with; with options, changes it')
    .argument('<credential>')
    .option('--dsn <whom>', 'to whom DSNs go: reverse-path, off, or an address')
    .option('--suppressed <what>', 'suppressed recipients: record, or refuse at RCPT')
    .option('--signed-paths <yes|no>', 'whether mail leaves with signed return-paths')
    .option(...REASON);
  onDatabase(settings, io, async (context, credential: string, options: SettingsOptions) => {
    const change = {
      ...(options.dsn ? { dsn: options.dsn } : {}),
      ...(options.suppressed ? { suppressed: options.suppressed as never } : {}),
      ...(options.signedPaths ? { signedPaths: yes(options.signedPaths) } : {}),
    };
    const params = { credential };
    const now = answer(
      Object.keys(change).length > 0
        ? await verbs.updateBounceSettings(context, { params, body: { ...change, ...because(options) } })
        : await verbs.showBounceSettings(context, { params }),
    );
    const words = [
      `DSNs go to          ${now.dsn}`,
      `suppressed are      ${now.suppressed === 'refuse' ? 'refused at RCPT' : 'accepted and recorded'}`,
      `signed return-paths ${now.signedPaths ? 'yes' : 'no'}`,
    ];
    return { json: now, text: `${words.join('\n')}\n` };
  });
  noun.addCommand(rulesCommand(io));
  const again = noun
    .command('reclassify')
    .description('classify the latest stored replies again by the active rules')
    .option('--replies <n>', 'how many at most', '5000')
    .option(...REASON);
  onDatabase(again, io, async (context, options: { replies: string; reason?: string }) =>
    shown(
      answer(
        await verbs.reclassifyBounces(context, { body: { replies: Number(options.replies), ...because(options) } }),
      ),
    ),
  );
  return noun;
}

interface SettingsOptions {
  readonly dsn?: string;
  readonly suppressed?: string;
  readonly signedPaths?: string;
  readonly reason?: string;
}

/** `postern bounce rules …`; rules come and go as JSON. */
function rulesCommand(io: Io): Command {
  const noun = new Command('rules').description('the rules that classify replies');
  onDatabase(noun.command('show').description('those that are active, as JSON'), io, async (context) => {
    const set = answer(await verbs.showBounceRules(context, {}));
    return { json: set, text: `${JSON.stringify(set, null, 2)}\n` };
  });
  const replay = noun
    .command('replay')
    .description('what the rules on standard input would change of the latest stored replies')
    .option('--replies <n>', 'how many at most', '5000');
  onDatabase(replay, io, async (context, { replies }: { replies: string }) => {
    const rules = await rulesFrom(io);
    return shown(answer(await verbs.replayBounceRules(context, { body: { rules, replies: Number(replies) } })));
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

function shown(result: { readonly replies: number; readonly changes: readonly Reclassified[] }): Shown {
  const changed = result.changes.reduce((sum, { replies }) => sum + replies, 0);
  const head = `${changed} of ${result.replies} replies are told otherwise.\n`;
  return { json: result, text: changed > 0 ? head + table(CHANGES, result.changes) : head };
}

function yes(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new CommandFailed('Expected yes or no', EXIT.usage);
}
