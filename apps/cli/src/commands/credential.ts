import { verbs, type Context, type Credential } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { instantOf } from '../output/instant-of.ts';
import { localTime } from '../output/plain.ts';
import { facts, table, type Column } from '../output/table.ts';
import { answer, because, gather, onDatabase, readAll, REASON, type Shown } from './runner.ts';

const COLUMNS: readonly Column<Credential>[] = [
  { title: 'name', value: ({ name }) => name },
  { title: 'state', value: ({ state }) => state },
  { title: 'senders', value: ({ senderRules }) => senderRules.join(' ') },
  { title: 'networks', value: ({ networks }) => networks.join(' ') || 'any' },
  { title: 'expires', value: ({ expiresAt }) => localTime(expiresAt) },
  { title: 'last used', value: ({ lastUsedAt }) => localTime(lastUsedAt) },
];

/** `postern credential …` */
export function credentialCommand(io: Io): Command {
  const noun = new Command('credential').description('submission credentials: who may submit, and as whom');
  const create = noun
    .command('create')
    .description('create a credential; its secret is shown once')
    .requiredOption('--name <name>', 'the user name that clients authenticate with')
    .requiredOption('--sender <rule>', 'whom it may send as: a@b.c, @b.c, @*.b.c, * or <>; again for more', gather)
    .option('--network <cidr>', 'from where it may be used (default: anywhere); again for more', gather)
    .option('--expires <date>', 'when it expires: 2027-01-31, or with a time 2027-01-31T08:00:00Z');
  onDatabase(create, io, create_);

  onDatabase(noun.command('list').description('all credentials'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listCredentials(context, { query }));
    return { json: items, text: table(COLUMNS, items) };
  });
  onDatabase(noun.command('show').description('one credential').argument('<name>'), io, async (context, name: string) =>
    show(answer(await verbs.showCredential(context, { params: { credential: name } }))),
  );
  const moves = [
    ['disable', 'refuse it until it is enabled again', verbs.disableCredential],
    ['enable', 'enable it again', verbs.enableCredential],
    ['revoke', 'refuse it for good', verbs.revokeCredential],
  ] as const;
  for (const [word, says, verb] of moves) {
    const command = noun
      .command(word)
      .description(says)
      .argument('<name>')
      .option(...REASON);
    onDatabase(command, io, async (context, name: string, options: { reason?: string }) =>
      show(answer(await verb(context, { params: { credential: name }, body: because(options) }))),
    );
  }
  return noun;
}

interface CreateOptions {
  readonly name: string;
  readonly sender: readonly string[];
  readonly network?: readonly string[];
  readonly expires?: string;
}

async function create_(context: Context, { name, sender, network, expires }: CreateOptions): Promise<Shown> {
  const body = {
    name,
    senderRules: [...sender],
    networks: [...(network ?? [])],
    expiresAt: expires === undefined ? null : instantOf(expires),
  };
  const made = answer(await verbs.createCredential(context, { body }));
  const text = [
    `The credential ${made.credential.name} is made. Its secret is shown this once:`,
    '',
    facts([
      ['  Username', made.credential.name],
      ['  Password', made.secret],
    ]),
  ].join('\n');
  return { json: made, text };
}

function show(credential: Credential): Shown {
  const { id, name, state, senderRules, networks, createdAt, expiresAt, lastUsedAt, lastUsedFrom } = credential;
  const text = facts([
    ['Name', name],
    ['State', state],
    ['Senders', senderRules.join(' ')],
    ['Networks', networks.join(' ') || 'any'],
    ['Created', localTime(createdAt)],
    ['Expires', localTime(expiresAt)],
    ['Last used', localTime(lastUsedAt)],
    ['From', lastUsedFrom],
    ['Id', id],
  ]);
  return { json: credential, text };
}
