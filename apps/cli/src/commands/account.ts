import { ensureFirstAccount, verbs, type Account } from '@postern/administration';
import { ROLES, type NewPassword, type Role } from '@postern/admin-contract';
import { readConfiguration } from '@postern/configuration';
import { Argument, Command, Option } from 'commander';
import { invitationCommand } from './invitation.ts';
import { withAdministration } from '../database/open-administration.ts';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import { facts, type Column } from '../output/table.ts';
import { answer, because, listed, onDatabase, readAll, REASON, type Shown } from './runner.ts';

const COLUMNS: readonly Column<Account>[] = [
  { title: 'e-mail', value: ({ email }) => email },
  { title: 'name', value: ({ name }) => name },
  { title: 'role', value: ({ role }) => role },
  { title: 'signs in with', value: waysOf },
  { title: 'sessions', value: ({ sessions }) => String(sessions) },
  { title: 'made', value: ({ createdAt }) => localTime(createdAt) },
];

interface Why {
  readonly reason?: string;
}

/** `postern account …`: who may sign in to the console. */
export function accountCommand(io: Io): Command {
  const noun = new Command('account').description('accounts of the console: who may sign in, and what they may do');
  noun.addCommand(firstCommand(io));
  onDatabase(noun.command('list').description('all accounts'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listAccounts(context, { query }));
    return listed(COLUMNS, items, 'There is no account: postern account first makes one.');
  });
  const create = noun
    .command('create')
    .description('make an account; its first password is shown once')
    .requiredOption('--email <address>', 'what its owner signs in with')
    .requiredOption('--name <name>', 'whose it is')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('operator'));
  onDatabase(create, io, async (context, { email, name, role }: { email: string; name: string; role: Role }) =>
    showPassword(
      answer(await verbs.createAccount(context, { body: { email, name, role } })),
      'is made. Its password is shown this once',
    ),
  );
  const role = of(noun, 'role', 'give it another role').addArgument(new Argument('<role>').choices(ROLES));
  onDatabase(role, io, async (context, account: string, wanted: Role, why: Why) => {
    const changed = answer(
      await verbs.setAccountRole(context, { params: { account }, body: { role: wanted, ...because(why) } }),
    );
    return { json: changed, text: `${changed.email} is ${changed.role} now.\n` };
  });
  onDatabase(
    of(noun, 'reset-password', 'give it a new password, shown once; its sessions end'),
    io,
    async (context, account: string, why: Why) =>
      showPassword(
        answer(await verbs.resetAccountPassword(context, { params: { account }, body: because(why) })),
        'has a new password, shown this once',
      ),
  );
  onDatabase(
    of(noun, 'reset-second-factor', 'take its authenticator app, recovery codes and passkeys off; its sessions end'),
    io,
    async (context, account: string, why: Why) => {
      const given = { params: { account }, body: because(why) };
      const reset = answer(await verbs.resetSecondFactor(context, given));
      return { json: reset, text: `${reset.email} signs in with its password alone now.\n` };
    },
  );
  onDatabase(
    of(
      noun,
      'reset',
      'let its owner in again: a new password, shown once, no second factor and no passkeys; its sessions end',
    ),
    io,
    async (context, account: string, why: Why) => {
      const given = { params: { account }, body: because(why) };
      answer(await verbs.resetSecondFactor(context, given));
      const made = answer(await verbs.resetAccountPassword(context, given));
      return showPassword(made, 'signs in with this password alone, shown this once');
    },
  );
  noun.addCommand(invitationCommand(io));
  onDatabase(of(noun, 'end-sessions', 'end all of its sessions'), io, async (context, account: string, why: Why) => {
    const ended = answer(await verbs.endAccountSessions(context, { params: { account }, body: because(why) }));
    return { json: ended, text: `All sessions of ${ended.email} have ended.\n` };
  });
  onDatabase(
    of(noun, 'remove', 'remove it; its sessions and the API keys that it made end'),
    io,
    async (context, account: string, why: Why) => {
      answer(await verbs.removeAccount(context, { params: { account }, body: because(why) }));
      return { json: { removed: account }, text: `${account} is removed.\n` };
    },
  );
  return noun;
}

/** How an account signs in, in words. */
function waysOf({ authenticatorApp, passkeys, singleSignOn }: Account): string {
  const ways = [authenticatorApp ? 'password and app' : 'password'];
  if (passkeys > 0) ways.push(passkeys === 1 ? 'a passkey' : `${passkeys} passkeys`);
  if (singleSignOn) ways.push('single sign-on');
  return ways.join(', ');
}

function of(noun: Command, verb: string, says: string): Command {
  return noun
    .command(verb)
    .description(says)
    .argument('<account>', 'its e-mail address, or its id')
    .option(...REASON);
}

function showPassword(made: NewPassword, says: string): Shown {
  const shown = facts([
    ['  E-mail', made.account.email],
    ['  Password', made.password],
  ]);
  return { json: made, text: `The account ${made.account.email} ${says}:\n\n${shown}` };
}

/** `postern account first`: the account that a new installation begins with. `postern up` makes it too. */
function firstCommand(io: Io): Command {
  return new Command('first')
    .description('make the first account, while there is none, and print its password once')
    .option('--json', 'answer as JSON')
    .action(async ({ json }: { json?: true }) => {
      const reading = readConfiguration(io.env);
      if ('faults' in reading) throw new CommandFailed(reading.faults.join('\n'), EXIT.configuration);
      const first = await withAdministration(io, (context) => ensureFirstAccount(context, reading.ok.firstAccount));
      if (json) return io.out(`${JSON.stringify(first)}\n`);
      if (!first.made) return io.out(`There is an account already: ${first.email}\n`);
      io.out(`E-mail    ${first.email}\nPassword  ${first.password ?? 'as POSTERN_ADMIN_PASSWORD says'}\n`);
    });
}
