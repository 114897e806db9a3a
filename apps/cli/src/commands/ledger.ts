import { verbs, type Ledger } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { facts } from '../output/table.ts';
import { answer, onDatabase } from './runner.ts';

/** `postern ledger` */
export function ledgerCommand(io: Io): Command {
  const command = new Command('ledger').description('how many recipients were accepted, and where they are now');
  return onDatabase(command, io, async (context) => {
    const ledger: Ledger = answer(await verbs.showLedger(context, {}));
    return { json: ledger, text: facts(Object.entries(ledger)) };
  });
}
