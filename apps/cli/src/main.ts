import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { CommandFailed } from './exit.ts';
import { processIo } from './io.ts';
import { runCommandLine } from './program.ts';
import { up } from './up/up.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

const upCommand = new Command('up')
  .description('run everything that this machine is to run, in the foreground')
  .action(async () => {
    const exitCode = await up({ root, env: process.env });
    // It has told already what it is.
    if (exitCode !== 0) throw new CommandFailed('', exitCode);
  });

process.exitCode = await runCommandLine(process.argv.slice(2), processIo, [upCommand]);
