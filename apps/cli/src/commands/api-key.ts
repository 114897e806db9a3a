import { verbs, permissionsOf, type ApiKey } from '@postern/administration';
import {
  permission as permissionSchema,
  PERMISSIONS,
  ROLES,
  type Permission,
  type Role,
} from '@postern/admin-contract';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Io } from '../io.ts';
import { instantOf } from '../output/instant-of.ts';
import { localTime } from '../output/plain.ts';
import { facts, type Column } from '../output/table.ts';
import { answer, because, listed, onDatabase, readAll, REASON } from './runner.ts';

const COLUMNS: readonly Column<ApiKey>[] = [
  { title: 'name', value: ({ name }) => name },
  { title: 'state', value: ({ state }) => state },
  { title: 'permissions', value: ({ permissions }) => permissions.join(' ') },
  { title: 'expires', value: ({ expiresAt }) => localTime(expiresAt) },
  { title: 'last used', value: ({ lastUsedAt }) => localTime(lastUsedAt) },
];

interface CreateOptions {
  readonly name: string;
  readonly role?: Role;
  readonly permission?: readonly Permission[];
  readonly expires?: string;
}

/** `postern api-key …` */
export function apiKeyCommand(io: Io): Command {
  const noun = new Command('api-key').description('API keys: how programs come into the admin API');
  const create = noun
    .command('create')
    .description('create a key; it is shown once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--role <role>', 'all that this role may do (default: auditor)').choices(ROLES))
    .option('--permission <permission>', 'only this, instead of a role; again for more', gatherPermission)
    .option('--expires <date>', 'when it expires: 2027-01-31, or with a time 2027-01-31T08:00:00Z');
  onDatabase(create, io, async (context, { name, role, permission, expires }: CreateOptions) => {
    const permissions = permission ? [...permission] : [...permissionsOf(role ?? 'auditor')];
    const expiresAt = expires === undefined ? null : instantOf(expires);
    const made = answer(await verbs.createApiKey(context, { body: { name, permissions, expiresAt } }));
    const shown = facts([
      ['  Key', made.key],
      ['  Use', `Authorization: Bearer ${made.key}`],
    ]);
    return { json: made, text: `The API key ${name} is made. It is shown this once:\n\n${shown}` };
  });
  onDatabase(noun.command('list').description('all API keys'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listApiKeys(context, { query }));
    return listed(COLUMNS, items, 'There is no API key: postern api-key create makes one.');
  });
  const revoke = noun
    .command('revoke')
    .description('refuse it for good')
    .argument('<name>', 'its name or its id')
    .option(...REASON);
  onDatabase(revoke, io, async (context, apiKey: string, options: { reason?: string }) => {
    const revoked = answer(await verbs.revokeApiKey(context, { params: { apiKey }, body: because(options) }));
    return { json: revoked, text: `${revoked.name} is revoked.\n` };
  });
  return noun;
}

function gatherPermission(value: string, before: readonly Permission[] | undefined): readonly Permission[] {
  const read = permissionSchema.safeParse(value);
  if (!read.success) throw new InvalidArgumentError(`Permissions are ${PERMISSIONS.join(', ')}.`);
  return [...(before ?? []), read.data];
}
