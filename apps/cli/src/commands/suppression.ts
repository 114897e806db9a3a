import { verbs, type Suppression } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import { localTime } from '../output/plain.ts';
import type { Column } from '../output/table.ts';
import { answer, because, limited, listed, onDatabase, readAll, REASON } from './runner.ts';
import { readSuppressionFile } from './suppression-file.ts';

const COLUMNS: readonly Column<Suppression>[] = [
  { title: 'address', value: ({ address }) => address },
  { title: 'for senders', value: ({ scope }) => scope },
  { title: 'why', value: ({ class: why }) => why },
  { title: 'source', value: ({ source }) => source },
  { title: 'since', value: ({ createdAt }) => localTime(createdAt) },
  { title: 'until', value: ({ until }) => localTime(until) },
  { title: 'evidence', value: ({ evidence }) => evidence.slice(0, 60) },
  { title: 'id', value: ({ id }) => id, whole: true },
];

interface FilterOptions {
  readonly contains?: string;
  readonly class?: string;
  readonly source?: Suppression['source'];
}

/** `postern suppression …` */
export function suppressionCommand(io: Io): Command {
  const noun = new Command('suppression').description('addresses that are not sent to');
  const add = noun
    .command('add')
    .description('send to an address no more')
    .argument('<address>')
    .option('--scope <senders>', 'for which senders: *, @domain, or one address', '*')
    .option('--until <date>', 'when it ends by itself')
    .option(...REASON);
  onDatabase(add, io, async (context, address: string, options: { scope: string; until?: string; reason?: string }) => {
    const body = { address, scope: options.scope, until: instantOf(options.until), ...because(options) };
    const added = answer(await verbs.addSuppression(context, { body }));
    return { json: added, text: `${added.address} is not sent to any more.\n` };
  });
  const list = limited(
    filtered(noun.command('list').description('all of them, or those that a filter describes')),
    1_000,
  );
  onDatabase(list, io, async (context, { limit, ...filter }: FilterOptions & { limit: number }) => {
    const items = await readAll(limit, (page) =>
      verbs.listSuppressions(context, { query: { ...page, ...picked(filter) } }),
    );
    return listed(
      COLUMNS,
      items,
      Object.keys(picked(filter)).length === 0
        ? 'No address is suppressed: postern suppression add adds one.'
        : 'No address is so: fewer filters find more.',
    );
  });
  const remove = filtered(
    noun.command('remove').description('send to an address again, or to all that a filter describes'),
  )
    .argument('[id or address]', 'the id, or the address in every scope')
    .option('--dry-run', 'only count them')
    .option(...REASON);
  onDatabase(
    remove,
    io,
    async (context, which: string | undefined, options: FilterOptions & { dryRun?: true; reason?: string }) => {
      if (which !== undefined && !which.includes('@')) {
        answer(await verbs.removeSuppression(context, { params: { id: which }, body: because(options) }));
        return { json: { suppressions: 1 }, text: 'It is sent to again.\n' };
      }
      const filter = { ...picked(options), ...(which === undefined ? {} : { contains: which }) };
      if (Object.keys(filter).length === 0) throw new CommandFailed('name an id, an address, or a filter', EXIT.usage);
      const body = { ...filter, dryRun: options.dryRun === true, ...because(options) };
      const { suppressions } = answer(await verbs.removeSuppressions(context, { body }));
      return {
        json: { suppressions },
        text: `${counted(suppressions, 'suppression')}${options.dryRun ? '' : ' removed'}.\n`,
      };
    },
  );
  const bring = noun
    .command('import')
    .description('addresses from standard input: one a line, or CSV with address, scope, until, reason')
    .option(...REASON);
  onDatabase(bring, io, async (context, options: { reason?: string }) => {
    let [added, kept] = [0, 0];
    for await (const items of readSuppressionFile(io.stdin)) {
      const done = answer(await verbs.importSuppressions(context, { body: { items, ...because(options) } }));
      added += done.added;
      kept += done.kept;
    }
    return { json: { added, kept }, text: `${added} added, ${kept} were there.\n` };
  });
  const take = filtered(noun.command('export').description('all of them as CSV, which import reads'));
  onDatabase(take, io, async (context, { json, ...filter }: FilterOptions & { readonly json?: true }) => {
    const items: Suppression[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }), ...picked(filter) };
      const page = answer(await verbs.listSuppressions(context, { query }));
      // Written as it is read: there may be millions.
      if (json) items.push(...page.items);
      else io.out(`${cursor === undefined ? 'address,scope,until,reason\n' : ''}${page.items.map(csvLine).join('')}`);
      cursor = page.nextCursor;
    }
    return { json: items, text: '' };
  });
  return noun;
}

function filtered(command: Command): Command {
  return command
    .option('--contains <text>', 'a part of the address')
    .option('--class <class>', 'why: recipient_unknown, complaint, manual …')
    .option('--source <source>', 'reply, returned, complaint, manual, or import');
}

function picked({ contains, class: why, source }: FilterOptions): FilterOptions {
  return { ...(contains ? { contains } : {}), ...(why ? { class: why } : {}), ...(source ? { source } : {}) };
}

/** A day is its beginning here; what is no date goes on as it is, for the verb to refuse. */
function instantOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}

function csvLine({ address, scope, until, evidence }: Suppression): string {
  return `${[address, scope, until ?? '', evidence.replace(/\s+/g, ' ')].map(csvField).join(',')}\n`;
}

/** A field that a spreadsheet would read as a formula is kept from it. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !text.startsWith('@') ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
