import { verbs } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { domainText } from './domain-text.ts';
import { answer, because, gather, mustChange, onDatabase, REASON } from './runner.ts';
import { whole } from './whole.ts';

interface UpdateOptions {
  readonly subDomains?: string;
  readonly signField?: readonly string[];
  readonly rotateDays?: string;
  readonly settleSeconds?: string;
  readonly retainSeconds?: string;
  readonly reason?: string;
}

/** `postern domain update` */
export function domainUpdateCommand(io: Io): Command {
  const command = new Command('update')
    .description('change how it signs and rotates; what is not named stays, and so do its keys')
    .argument('<domain>')
    .option('--sub-domains <yes|no>', 'sign for sub-domains that are no sending domains of their own as well')
    .option('--sign-field <name>', "a header field to sign beside the usual ones; '' for none; again for more", gather)
    .option('--rotate-days <days>', "rotate the keys by themselves after so many days; 'never' for when you say so")
    .option('--settle-seconds <seconds>', 'how long the world must have seen a new key before it signs')
    .option('--retain-seconds <seconds>', 'how long a key stays published after it signed')
    .option(...REASON);
  return onDatabase(command, io, async (context, domain: string, options: UpdateOptions) => {
    const body = { ...bodyOf(options), ...because(options) };
    mustChange(body);
    return domainText(answer(await verbs.updateDomain(context, { params: { domain }, body })));
  });
}

function bodyOf({ subDomains, signField, rotateDays, settleSeconds, retainSeconds }: UpdateOptions) {
  return {
    ...(subDomains === undefined ? {} : { subDomains: yes(subDomains) }),
    ...(signField === undefined ? {} : { signedFields: signField.filter((name) => name !== '') }),
    ...(rotateDays === undefined
      ? {}
      : { rotateDays: rotateDays === 'never' ? null : whole(rotateDays, '--rotate-days') }),
    ...(settleSeconds === undefined ? {} : { settleSeconds: whole(settleSeconds, '--settle-seconds') }),
    ...(retainSeconds === undefined ? {} : { retainSeconds: whole(retainSeconds, '--retain-seconds') }),
  };
}

function yes(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new CommandFailed('--sub-domains: Expected yes or no', EXIT.usage);
}
