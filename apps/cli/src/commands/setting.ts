import { verbs, type EnvironmentSetting } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { table, type Column } from '../output/table.ts';
import { answer, onDatabase } from './runner.ts';

const COLUMNS: readonly Column<EnvironmentSetting>[] = [
  { title: 'variable', value: ({ name }) => name },
  { title: 'is', value: ({ set, value, says }) => (set ? (value ?? '(a secret)') : `default: ${says}`) },
];

/** `postern settings` */
export function settingsCommand(io: Io): Command {
  const command = new Command('settings').description('what the environment sets, as this command sees it; no secrets');
  return onDatabase(command, io, async (context) => {
    const settings = answer(await verbs.showSettings(context, {}));
    return { json: settings, text: (width) => table(COLUMNS, settings.environment, width) };
  });
}
