import { verbs, type Invitation } from '@postern/administration';
import { INVITATION_STATES, ROLES, type Role } from '@postern/admin-contract';
import { Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import { facts, type Column } from '../output/table.ts';
import { answer, because, listed, onDatabase, readAll, REASON } from './runner.ts';
import { whole } from './whole.ts';

const COLUMNS: readonly Column<Invitation>[] = [
  { title: 'id', value: ({ id }) => id, whole: true },
  { title: 'e-mail', value: ({ email }) => email },
  { title: 'role', value: ({ role }) => role },
  { title: 'state', value: ({ state }) => state },
  { title: 'until', value: ({ expiresAt }) => localTime(expiresAt) },
];

interface Invited {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly hours?: string;
}

/** `postern account invitation …`: links by which people make their own accounts. */
export function invitationCommand(io: Io): Command {
  const noun = new Command('invitation').description('links by which people make their own accounts, once');
  const create = noun
    .command('create')
    .description('invite a person; the link is shown once')
    .requiredOption('--email <address>', 'what they will sign in with')
    .requiredOption('--name <name>', 'who they are')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).default('operator'))
    .option('--hours <number>', 'how long the link is good (72 when left out)');
  onDatabase(create, io, async (context, { email, name, role, hours }: Invited) => {
    const body = { email, name, role, ...(hours === undefined ? {} : { hours: whole(hours, '--hours') }) };
    const made = answer(await verbs.createInvitation(context, { body }));
    // The part behind # is not sent to any server: it stays out of logs.
    const link = `/invitation#${made.token}`;
    const shown = facts([
      ['  For', made.invitation.email],
      ['  Until', localTime(made.invitation.expiresAt)],
      ['  Link', `${io.env['POSTERN_CONSOLE_URL'] ?? "the console's address"}${link}`],
    ]);
    return { json: { ...made, link }, text: `The invitation, shown this once:\n\n${shown}` };
  });
  const list = noun
    .command('list')
    .description('invitations, the latest first')
    .addOption(new Option('--state <state>', 'only those in this state').choices(INVITATION_STATES));
  onDatabase(list, io, async (context, { state }: { readonly state?: Invitation['state'] }) => {
    const filter = state === undefined ? {} : { state };
    const items = await readAll(Infinity, (page) => verbs.listInvitations(context, { query: { ...page, ...filter } }));
    return listed(
      COLUMNS,
      items,
      state === undefined
        ? 'There is no invitation: postern account invitation create makes one.'
        : 'No invitation is so.',
    );
  });
  const revoke = noun
    .command('revoke')
    .description('its link is good no longer')
    .argument('<id>', 'its id')
    .option(...REASON);
  onDatabase(revoke, io, async (context, id: string, why: { readonly reason?: string }) => {
    const revoked = answer(await verbs.revokeInvitation(context, { params: { id }, body: because(why) }));
    return { json: revoked, text: `The invitation of ${revoked.email} is revoked.\n` };
  });
  return noun;
}
