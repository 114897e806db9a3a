import { ensureFirstAccount } from '@postern/administration';
import { readConfiguration } from '@postern/configuration';
import { Command } from 'commander';
import { withAdministration } from '../database/open-administration.ts';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';

/** `postern account first`: the account that a new installation begins with. `postern up` makes it too. */
export function accountCommand(io: Io): Command {
  const account = new Command('account').description('accounts of the console');
  account
    .command('first')
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
  return account;
}
