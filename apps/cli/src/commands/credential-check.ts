import { verbs } from '@postern/administration';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { checkText } from './check-text.ts';
import { answer, onDatabase } from './runner.ts';

/** `postern credential check`: the rules of Google, Yahoo and Microsoft for bulk senders. */
export function credentialCheckCommand(noun: Command, io: Io): void {
  const check = noun
    .command('check')
    .description(
      'whether what it sent in the last 7 days meets the rules of Google, Yahoo and Microsoft for bulk senders',
    )
    .argument('<name>');
  onDatabase(check, io, async (context, credential: string) => {
    const found = answer(await verbs.checkCredential(context, { params: { credential } }));
    return { json: found, text: checkText(found.lines) };
  });
}
