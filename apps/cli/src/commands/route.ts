import { ROUTE_TLS } from '@postern/admin-contract';
import { verbs, type Context, type MailRoute } from '@postern/administration';
import { Command, Option } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { table, type Column } from '../output/table.ts';
import { answer, gather, onDatabase, readAll, type Shown } from './runner.ts';

const COLUMNS: readonly Column<MailRoute>[] = [
  { title: 'name', value: ({ name }) => name },
  { title: 'upstream', value: ({ host, port }) => `${host}:${port}` },
  { title: 'tls', value: ({ tls }) => tls },
  { title: 'user', value: ({ user }) => user },
  { title: 'domains', value: ({ domains }) => domains.join(' ') },
  { title: 'senders', value: ({ senderRules }) => senderRules.join(' ') || 'any' },
];

/** `postern route …` */
export function routeCommand(io: Io): Command {
  const noun = new Command('route').description('routes: mail that goes to an upstream smarthost');
  const add = noun
    .command('add')
    .description('add a route')
    .requiredOption('--name <name>')
    .requiredOption('--host <host>', 'the upstream')
    .option('--port <port>', 'its port', '587')
    .option('--user <user>', 'the user name at the upstream')
    .option('--password-stdin', 'read the password from standard input')
    .addOption(new Option('--tls <how>', 'what the upstream must prove').choices(ROUTE_TLS).default('verify'))
    .option('--domain <pattern>', "recipients' domains: example.com, *.example.com or *; again for more", gather)
    .option('--sender <rule>', 'only mail from these senders; again for more', gather);
  onDatabase(add, io, (context, options: AddOptions) => add_(context, io, options));
  onDatabase(noun.command('list').description('all routes'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listRoutes(context, { query }));
    return { json: items, text: table(COLUMNS, items) };
  });
  const remove = noun.command('remove').description('remove a route').argument('<name>');
  onDatabase(remove, io, async (context, route: string) => {
    answer(await verbs.removeRoute(context, { params: { route } }));
    return { json: { removed: route }, text: `The route ${route} is removed.\n` };
  });
  return noun;
}

interface AddOptions {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly user?: string;
  readonly passwordStdin?: true;
  readonly tls: MailRoute['tls'];
  readonly domain?: readonly string[];
  readonly sender?: readonly string[];
}

async function add_(context: Context, io: Io, options: AddOptions): Promise<Shown> {
  const { name, host, port, user, passwordStdin, tls, domain, sender } = options;
  if ((user === undefined) !== (passwordStdin === undefined)) {
    throw new CommandFailed('--user and --password-stdin go together', EXIT.usage);
  }
  const body = {
    name,
    host,
    port: Number(port),
    tls,
    user: user ?? null,
    password: passwordStdin ? await readPassword(io) : null,
    domains: [...(domain ?? ['*'])],
    senderRules: [...(sender ?? [])],
  };
  const route = answer(await verbs.addRoute(context, { body }));
  return {
    json: route,
    text: `The route ${route.name} is added: ${route.domains.join(' ')} goes to ${route.host}:${route.port}.\n`,
  };
}

/** A password never stands in the arguments, where every process of the machine can read it. */
async function readPassword({ stdin }: Io): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  const password = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (password === '') throw new CommandFailed('--password-stdin: standard input is empty', EXIT.usage);
  return password;
}
