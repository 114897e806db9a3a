import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { processIo } from './io.ts';
import { runCommandLine } from './program.ts';
import { up } from './up/up.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

const upCommand = new Command('up')
  .description('run everything that this machine is to run, in the foreground')
  .action(async () => {
    const exitCode = await up({ root, env: process.env });
    // Everything has ended; the channel to npm start would keep this process alive.
    process.exit(exitCode);
  });

process.exitCode = await runCommandLine(process.argv.slice(2), processIo, [upCommand]);
