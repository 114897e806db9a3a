import { Command, CommanderError } from 'commander';
import { accountCommand } from './commands/account.ts';
import { apiKeyCommand } from './commands/api-key.ts';
import { auditCommand } from './commands/audit.ts';
import { bounceCommand } from './commands/bounce.ts';
import { credentialCommand } from './commands/credential.ts';
import { identityCommand } from './commands/identity.ts';
import { doctorCommand } from './commands/doctor.ts';
import { domainCommand } from './commands/domain.ts';
import { eventCommand } from './commands/event.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { settingsCommand } from './commands/setting.ts';
import { trendsCommand } from './commands/trends.ts';
import { volumeCommand } from './commands/volume.ts';
import { messageCommand } from './commands/message.ts';
import { migrateCommand } from './commands/migrate.ts';
import { networkCommand } from './commands/network.ts';
import { operationCommand } from './commands/operation.ts';
import { policyCommand } from './commands/policy.ts';
import { tlsReportCommand } from './commands/tls-report.ts';
import { queueCommand } from './commands/queue.ts';
import { retryCommand } from './commands/retry.ts';
import { routeCommand } from './commands/route.ts';
import { suppressionCommand } from './commands/suppression.ts';
import { sourceCommand } from './commands/source.ts';
import { CommandFailed, EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { plain } from './output/plain.ts';

/** Runs a command line; answers the exit code: 0 done, 1 refused, 2 wrong usage. */
export async function runCommandLine(argv: readonly string[], io: Io, more: readonly Command[] = []): Promise<number> {
  const program = commandsOf(io, more);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return tell(error, { io, json: argv.includes('--json') });
  }
}

/** Every command: what it is for, what it takes, and what it does. */
export function commandsOf(io: Io, more: readonly Command[] = []): Command {
  const program = new Command('postern').description('Postern, an outbound mail gateway').helpCommand(true);
  const nouns = [
    credentialCommand,
    identityCommand,
    networkCommand,
    routeCommand,
    sourceCommand,
    policyCommand,
    tlsReportCommand,
    domainCommand,
    doctorCommand,
    retryCommand,
    queueCommand,
    messageCommand,
    suppressionCommand,
    bounceCommand,
    operationCommand,
    ledgerCommand,
    volumeCommand,
    trendsCommand,
    settingsCommand,
    eventCommand,
    auditCommand,
    apiKeyCommand,
    accountCommand,
    migrateCommand,
  ];
  for (const command of [...more, ...nouns.map((noun) => noun(io))]) program.addCommand(command);
  configureAll(program, io);
  return program;
}

/** Commander writes where we say, and throws where it would end the process. */
function configureAll(command: Command, io: Io): void {
  command
    .exitOverride()
    .showHelpAfterError('(--help tells more)')
    .configureOutput({ writeOut: io.out, writeErr: (text) => io.err(shown(text)) });
  for (const each of command.commands) configureAll(each, io);
}

function tell(error: unknown, { io, json }: { readonly io: Io; readonly json: boolean }): number {
  // Commander has said it already; asking for help is no wrong usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (!(error instanceof CommandFailed)) throw error;
  const { message, refusal, exitCode } = error;
  if (message !== '') io.err(json && refusal ? `${JSON.stringify(refusal)}\n` : `${shown(message)}\n`);
  return exitCode;
}

/** What was typed comes back in messages: no longer than one reads, and no more than text to the terminal. */
function shown(text: string): string {
  return text
    .split('\n')
    .map((line) => plain(line.length > 1_000 ? `${line.slice(0, 300)}… (${line.length} characters)` : line))
    .join('\n');
}
