import {
  verbs,
  type Context,
  type Credential,
  type CredentialSecret,
  type WithdrawnCredential,
} from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import { instantOf } from '../output/instant-of.ts';
import { localTime } from '../output/plain.ts';
import { facts, type Column } from '../output/table.ts';
import { rotateCommand } from './credential-rotate.ts';
import { withdrawCommand } from './credential-withdraw.ts';
import { releaseCommand } from './release.ts';
import { credentialCheckCommand } from './credential-check.ts';
import { credentialUnsubscribeCommand } from './credential-unsubscribe.ts';
import { answer, because, gather, listed, mustChange, onDatabase, readAll, REASON, type Shown } from './runner.ts';
import { shownOnce } from './shown-once.ts';
import { addSubmitterOptions, ratesOf, settingFacts, settingsOf, type SubmitterOptions } from './submitter-options.ts';
import { usageCommand } from './usage.ts';

const COLUMNS: readonly Column<Credential>[] = [
  { title: 'name', value: ({ name }) => name },
  { title: 'state', value: ({ state, guard }) => (guard.heldSince === null ? state : `${state}, mail held`) },
  { title: 'senders', value: ({ senderRules }) => senderRules.join(' ') },
  { title: 'networks', value: ({ networks }) => networks.join(' ') || 'any' },
  { title: 'rate', value: ({ limits }) => ratesOf(limits, 'messages') || null },
  { title: 'expires', value: ({ expiresAt }) => localTime(expiresAt) },
  { title: 'last used', value: ({ lastUsedAt }) => localTime(lastUsedAt) },
];

const SENDER = [
  '--sender <rule>',
  'whom it may send as: a@b.c, @b.c, @*.b.c, * or <>; again for more',
  gather,
] as const;
const EXPIRES = 'when it expires: 2027-01-31, or with a time 2027-01-31T08:00:00Z';

/** `postern credential …` */
export function credentialCommand(io: Io): Command {
  const noun = new Command('credential').description('submission credentials: who may submit, as whom and how much');
  const create = noun
    .command('create')
    .description('create a credential; its secret is shown once')
    .requiredOption('--name <name>', 'the user name that clients authenticate with')
    .requiredOption(...SENDER)
    .option('--network <cidr>', 'from where it may be used (default: anywhere); again for more', gather)
    .option('--expires <date>', EXPIRES);
  onDatabase(addSubmitterOptions(create), io, create_);

  onDatabase(noun.command('list').description('all credentials'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listCredentials(context, { query }));
    return listed(COLUMNS, items, 'There is no credential: postern credential create makes one.');
  });
  onDatabase(noun.command('show').description('one credential').argument('<name>'), io, async (context, name: string) =>
    show(answer(await verbs.showCredential(context, { params: { credential: name } }))),
  );
  const update = noun
    .command('update')
    .description('change settings; what is not named stays')
    .argument('<name>')
    .option(...SENDER)
    .option('--network <cidr>', "from where it may be used; '' for anywhere; again for more", gather)
    .option('--expires <date>', `${EXPIRES}; or never`)
    .option(...REASON);
  onDatabase(addSubmitterOptions(update), io, update_);
  noun.addCommand(rotateCommand(io));
  const enable = noun
    .command('enable')
    .description('enable it again')
    .argument('<name>')
    .option(...REASON);
  onDatabase(enable, io, async (context, name: string, options: { reason?: string }) =>
    show(answer(await verbs.enableCredential(context, { params: { credential: name }, body: because(options) }))),
  );
  const retire = noun
    .command('retire')
    .description('retire one of its secrets: it is refused from now on')
    .argument('<name>')
    .argument('<secret>', "the secret's id, as `show --json` tells it")
    .option(...REASON);
  onDatabase(retire, io, async (context, credential: string, secret: string, options: { reason?: string }) => {
    const request = { params: { credential, secret }, body: because(options) };
    return show(answer(await verbs.retireSecret(context, request)));
  });
  noun.addCommand(usageCommand(io, 'credential'));
  noun.addCommand(withdrawCommand(io, 'disable'));
  noun.addCommand(withdrawCommand(io, 'revoke'));
  noun.addCommand(releaseCommand(io, 'credential'));
  credentialCheckCommand(noun, io);
  credentialUnsubscribeCommand(noun, io);
  return noun;
}

interface CreateOptions extends SubmitterOptions {
  readonly name: string;
  readonly sender: readonly string[];
  readonly network?: readonly string[];
  readonly expires?: string;
}

async function create_(context: Context, options: CreateOptions): Promise<Shown> {
  const { name, sender, network, expires } = options;
  const body = {
    name,
    senderRules: [...sender],
    networks: [...(network ?? [])],
    expiresAt: expires === undefined ? null : instantOf(expires),
    ...settingsOf(options),
  };
  const made = answer(await verbs.createCredential(context, { body }));
  return shownOnce(made, `The credential ${made.credential.name} is made. Its secret is shown this once:`);
}

interface UpdateOptions extends SubmitterOptions {
  readonly sender?: readonly string[];
  readonly network?: readonly string[];
  readonly expires?: string;
  readonly reason?: string;
}

async function update_(context: Context, name: string, options: UpdateOptions): Promise<Shown> {
  const { sender, network, expires } = options;
  const body = {
    ...(sender ? { senderRules: [...sender] } : {}),
    ...(network ? { networks: network.filter((each) => each !== '') } : {}),
    ...(expires === undefined ? {} : { expiresAt: expires === 'never' ? null : instantOf(expires) }),
    ...settingsOf(options),
    ...because(options),
  };
  mustChange(body);
  return show(answer(await verbs.updateCredential(context, { params: { credential: name }, body })));
}

function show(credential: Credential | WithdrawnCredential): Shown {
  const { id, name, state, senderRules, networks, createdAt, expiresAt, lastUsedAt, lastUsedFrom, lastUsedTls } =
    credential;
  const text = facts([
    ['Name', name],
    ['State', state],
    ['Senders', senderRules.join(' ')],
    ['Networks', networks.join(' ') || 'any'],
    ...settingFacts(credential),
    ['Created', localTime(createdAt)],
    ['Expires', localTime(expiresAt)],
    ['Last used', localTime(lastUsedAt)],
    ['From', lastUsedFrom],
    ['TLS', lastUsedTls],
    ...credential.secrets.map((secret, index) => [index === 0 ? 'Secret' : 'Old secret', secretLine(secret)] as const),
    ['Id', id],
  ]);
  return { json: credential, text };
}

function secretLine({ createdAt, lastUsedAt, lastUsedFrom, expiresAt, retireUnusedDays }: CredentialSecret): string {
  const used = lastUsedAt === null ? 'never used' : `last used ${localTime(lastUsedAt)} from ${lastUsedFrom}`;
  const retired = expiresAt !== null && new Date(expiresAt) <= new Date();
  const end = expiresAt === null ? '' : `; ${retired ? 'retired' : 'good until'} ${localTime(expiresAt)}`;
  const unused =
    retireUnusedDays === null || retired ? '' : `; retired when unused for ${counted(retireUnusedDays, 'day')}`;
  return `made ${localTime(createdAt)}, ${used}${end}${unused}`;
}
