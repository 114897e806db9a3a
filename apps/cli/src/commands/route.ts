import { readFile } from 'node:fs/promises';
import { ROUTE_KINDS, ROUTE_TLS } from '@postern/admin-contract';
import { verbs, type Context, type MailRoute, type MailRouteDetail } from '@postern/administration';
import { Command, Option } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import { facts, type Column } from '../output/table.ts';
import { answer, because, gather, listed, mustChange, onDatabase, readAll, REASON, type Shown } from './runner.ts';
import { whole } from './whole.ts';

const COLUMNS: readonly Column<MailRoute>[] = [
  { title: 'name', value: ({ name }) => name },
  { title: 'upstream', value: upstreamOf },
  { title: 'tls', value: ({ tls }) => tls },
  { title: 'user', value: ({ user }) => user },
  { title: 'domains', value: ({ domains }) => domains.join(' ') },
  { title: 'senders', value: ({ senderRules }) => senderRules.join(' ') || 'any' },
  { title: 'tags', value: ({ tags }) => tags.join(' ') || 'any' },
];

/** `postern route …` */
export function routeCommand(io: Io): Command {
  const noun = new Command('route').description('routes: mail that goes to an upstream smarthost');
  const add = settings(noun.command('add').description('add a route; routes are asked in the order of the list'))
    .requiredOption('--name <name>', 'by which commands, credentials and rules call it')
    .addOption(
      new Option('--kind <kind>', 'where its mail goes: to smarthosts, nowhere, or back')
        .choices(ROUTE_KINDS)
        .default('smarthost'),
    );
  onDatabase(add, io, (context, options: AddOptions) => add_(context, io, options));
  const update = settings(noun.command('update').description('change a route; what is not given stays'))
    .argument('<name>')
    .option(...REASON);
  onDatabase(update, io, async (context, route: string, options: SettingsOptions & { readonly reason?: string }) => {
    const body = { ...(await bodyOf(io, options)), ...because(options) };
    mustChange(body);
    return show(answer(await verbs.updateRoute(context, { params: { route }, body })));
  });
  onDatabase(
    noun.command('list').description('all routes, in the order in which they are asked'),
    io,
    async (context) => {
      const items = await readAll(Infinity, (query) => verbs.listRoutes(context, { query }));
      const ordered = items.toSorted((a, b) => a.position - b.position);
      return listed(
        COLUMNS,
        ordered,
        'There is no route: mail goes to the mail hosts of its recipients. postern route add adds one.',
      );
    },
  );
  const one = noun.command('show').description('one route, and how its hosts and its token do').argument('<name>');
  onDatabase(one, io, async (context, route: string) =>
    show(answer(await verbs.showRoute(context, { params: { route } }))),
  );
  const move = noun
    .command('move')
    .description('have a route asked before another one, or last')
    .argument('<name>')
    .option('--before <name>', 'the route that it is asked before (default: asked last)')
    .option(...REASON);
  onDatabase(move, io, async (context, route: string, { before, ...why }: { before?: string; reason?: string }) => {
    const body = { before: before ?? null, ...because(why) };
    return show(answer(await verbs.moveRoute(context, { params: { route }, body })));
  });
  const test = noun
    .command('test')
    .description('speak with its hosts as mail would, as far as RCPT and DATA, and send nothing')
    .argument('<name>')
    .requiredOption('--sender <address>', 'MAIL FROM')
    .requiredOption('--recipient <address>', 'RCPT TO');
  onDatabase(test, io, async (context, route: string, body: { sender: string; recipient: string }) => {
    const { sender, recipient } = body;
    const tested = answer(await verbs.testRoute(context, { params: { route }, body: { sender, recipient } }));
    const text = tested.hosts
      .map(({ host, port, ok, steps }) => {
        const lines = steps.map((step) => [`  ${step.ok ? 'ok   ' : 'fault'} ${step.step}`, step.said] as const);
        return `${host}:${port} ${ok ? 'would take it' : 'would not take it'}\n${facts(lines)}`;
      })
      .join('\n');
    return { json: tested, text };
  });
  const remove = noun
    .command('remove')
    .description('remove a route')
    .argument('<name>')
    .option(...REASON);
  onDatabase(remove, io, async (context, route: string, why: { readonly reason?: string }) => {
    answer(await verbs.removeRoute(context, { params: { route }, body: because(why) }));
    return { json: { removed: route }, text: `The route ${route} is removed.\n` };
  });
  return noun;
}

function settings(command: Command): Command {
  return command
    .option(
      '--host <host>',
      'the upstream: a name or an address; again with a port and a preference for more: HOST:PORT/10',
      gather,
    )
    .option('--port <port>', 'its port (default: 587)')
    .option('--implicit-tls', 'TLS from the start, as at port 465')
    .option('--user <user>', 'the user name at the upstream')
    .option('--password-stdin', 'read the password (or the secret of the OAuth client) from standard input')
    .option(
      '--client-certificate <file>',
      'show this certificate in TLS: a file with it, its chain and its key, in PEM; or none',
    )
    .option('--oauth-token-url <url>', 'get an access token there by client credentials, and use it as XOAUTH2')
    .option('--oauth-client-id <id>', 'the OAuth client')
    .option('--oauth-scope <scope>', 'what the token is for')
    .addOption(new Option('--tls <how>', 'what the upstream must prove (default: verify)').choices(ROUTE_TLS))
    .option('--domain <pattern>', "recipients' domains: example.com, *.example.com or *; again for more", gather)
    .option('--sender <rule>', 'only mail from these senders; again for more', gather)
    .option('--tag <tag>', 'only mail of credentials and networks with this tag; again for more', gather);
}

interface SettingsOptions {
  readonly host?: readonly string[];
  readonly port?: string;
  readonly implicitTls?: true;
  readonly user?: string;
  readonly passwordStdin?: true;
  readonly clientCertificate?: string;
  readonly oauthTokenUrl?: string;
  readonly oauthClientId?: string;
  readonly oauthScope?: string;
  readonly tls?: MailRoute['tls'];
  readonly domain?: readonly string[];
  readonly sender?: readonly string[];
  readonly tag?: readonly string[];
}

interface AddOptions extends SettingsOptions {
  readonly name: string;
  readonly kind: MailRoute['kind'];
}

/** What was given, and nothing else. */
async function bodyOf(io: Io, options: SettingsOptions) {
  const { host: hosts, port, user, tls, domain, sender, tag, oauthTokenUrl, oauthClientId } = options;
  const [host, ...more] = hosts ?? [];
  if ((oauthTokenUrl === undefined) !== (oauthClientId === undefined))
    throw new CommandFailed('--oauth-token-url and --oauth-client-id go together', EXIT.usage);
  return {
    ...(host === undefined ? {} : { host, moreHosts: more.map(readHost) }),
    ...(port === undefined ? {} : { port: whole(port, '--port') }),
    ...(options.implicitTls ? { implicitTls: true } : {}),
    ...(user === undefined ? {} : { user }),
    ...(options.passwordStdin ? { password: await readPassword(io) } : {}),
    ...(options.clientCertificate === undefined
      ? {}
      : { clientCertificate: await readCertificate(options.clientCertificate) }),
    ...(oauthTokenUrl === undefined || oauthClientId === undefined
      ? {}
      : { oauth: { tokenUrl: oauthTokenUrl, clientId: oauthClientId, scope: options.oauthScope ?? '' } }),
    ...(tls === undefined ? {} : { tls }),
    ...(domain === undefined ? {} : { domains: [...domain] }),
    ...(sender === undefined ? {} : { senderRules: [...sender] }),
    ...(tag === undefined ? {} : { tags: [...tag] }),
  };
}

/** `HOST`, `HOST:PORT`, `HOST:PORT/PREFERENCE`; an IPv6 address stands in brackets before a port. */
function readHost(text: string, index: number): { host: string; port: number; preference: number } {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:/[\]]+)|([0-9a-f:]+))(?::([0-9]{1,5}))?(?:\/([0-9]{1,5}))?$/i.exec(text);
  if (!match) throw new CommandFailed(`--host: expected HOST:PORT/PREFERENCE, not ${text}`, EXIT.usage);
  const host = match[1] ?? match[2] ?? match[3] ?? '';
  return { host, port: Number(match[4] ?? 587), preference: Number(match[5] ?? (index + 1) * 10) };
}

async function add_(context: Context, io: Io, options: AddOptions): Promise<Shown> {
  const { name, kind, host, user, passwordStdin } = options;
  if ((user === undefined) !== (passwordStdin === undefined)) {
    throw new CommandFailed('--user and --password-stdin go together', EXIT.usage);
  }
  if (kind === 'smarthost' && host === undefined) throw new CommandFailed('--host is missing', EXIT.usage);
  const body = { domains: ['*'], ...(await bodyOf(io, options)), name, kind };
  const route = answer(await verbs.addRoute(context, { body }));
  return {
    json: route,
    text: `The route ${route.name} is added: ${route.domains.join(' ')} goes to ${upstreamOf(route)}.\n`,
  };
}

function upstreamOf({ kind, host, port, moreHosts }: MailRoute): string {
  if (kind !== 'smarthost') return kind === 'discard' ? 'nowhere (discarded)' : 'its sender (refused)';
  return [{ host, port }, ...moreHosts].map((each) => `${each.host}:${each.port}`).join(' ');
}

function show(route: MailRoute | MailRouteDetail): Shown {
  const { name, kind, position, tls, implicitTls, user, oauth, domains, senderRules, tags, createdAt, id } = route;
  const { health, usedBy } = 'health' in route ? route : { health: [], usedBy: [] };
  const text = facts([
    ['Route', name],
    ['Upstream', upstreamOf(route)],
    ['Kind', kind],
    ['Position', position],
    ['TLS', implicitTls ? `${tls}, from the start` : tls],
    ['User', user],
    ['Client certificate', certificateOf(route)],
    ['OAuth', oauth ? `${oauth.clientId} at ${oauth.tokenUrl}` : undefined],
    ['Domains', domains.join(' ')],
    ['Senders', senderRules.join(' ') || 'any'],
    ['Tags', tags.join(' ') || 'any'],
    ['Used by', usedBy.map((each) => `${each.name}${each.by === 'tag' ? ' (its tag)' : ''}`).join(' ') || undefined],
    ['Created', localTime(createdAt)],
    ['Id', id],
    ...health.map((each): readonly [string, string] => [
      each.part === 'token' ? 'Token' : each.part,
      `${each.ok ? 'good' : 'at fault'} since ${localTime(each.since) ?? ''}: ${each.text}${
        each.expiresAt === null ? '' : ` (holds until ${localTime(each.expiresAt) ?? ''})`
      }`,
    ]),
  ]);
  return { json: route, text };
}

function certificateOf({ clientCertificate: shown }: MailRoute): string | undefined {
  return shown
    ? `${shown.subject}, until ${localTime(shown.notAfter) ?? ''}, sha256 ${shown.fingerprintSha256}`
    : undefined;
}

/** Only in a file: its key must not stand in the arguments. */
async function readCertificate(path: string): Promise<string | null> {
  if (path === 'none') return null;
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new CommandFailed(`--client-certificate: ${path} cannot be read`, EXIT.usage);
  }
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
