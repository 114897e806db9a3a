import { verbs, type BounceSettings } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { answer, because, gather, onDatabase, REASON } from './runner.ts';

interface Options {
  readonly dsn?: string;
  readonly suppressed?: string;
  readonly signedPaths?: string;
  readonly hold?: string;
  readonly threshold?: readonly string[];
  readonly reason?: string;
}

const NAMES = ['bounceWarning', 'bounceCritical', 'complaintWarning', 'complaintCritical', 'floor'] as const;

/** `postern bounce settings CREDENTIAL`; with options, changes them. */
export function settingsCommand(io: Io): Command {
  const command = new Command('settings')
    .description('how bounces of a credential are dealt with; with options, changes it')
    .argument('<credential>')
    .option('--dsn <whom>', 'to whom DSNs go: reverse-path, off, or an address')
    .option('--suppressed <what>', 'suppressed recipients: record, or refuse at RCPT')
    .option('--signed-paths <yes|no>', 'whether mail leaves with signed return-paths')
    .option('--hold <when>', 'hold its new mail when its rates are too high: off, warning, or critical')
    .option('--threshold <name=number>', `when they are, in percent: ${NAMES.join(', ')}`, gather)
    .option(...REASON);
  return onDatabase(command, io, async (context, credential: string, options: Options) => {
    const change = {
      ...(options.dsn ? { dsn: options.dsn } : {}),
      ...(options.suppressed ? { suppressed: options.suppressed as never } : {}),
      ...(options.signedPaths ? { signedPaths: yes(options.signedPaths) } : {}),
      ...(options.hold ? { hold: options.hold as never } : {}),
      ...(options.threshold ? { thresholds: thresholdsOf(options.threshold) } : {}),
    };
    const params = { credential };
    const now = answer(
      Object.keys(change).length > 0
        ? await verbs.updateBounceSettings(context, { params, body: { ...change, ...because(options) } })
        : await verbs.showBounceSettings(context, { params }),
    );
    return { json: now, text: textOf(now) };
  });
}

function textOf({ dsn, suppressed, signedPaths, hold, thresholds }: BounceSettings): string {
  const { bounceWarning, bounceCritical, complaintWarning, complaintCritical, floor } = thresholds;
  return [
    `DSNs go to          ${dsn}`,
    `suppressed are      ${suppressed === 'refuse' ? 'refused at RCPT' : 'accepted and recorded'}`,
    `signed return-paths ${signedPaths ? 'yes' : 'no'}`,
    `bounces             warning at ${bounceWarning} %, critical at ${bounceCritical} %`,
    `complaints          warning at ${complaintWarning} %, critical at ${complaintCritical} %`,
    `                    of at least ${floor} recipients that ended in an hour or a day`,
    `new mail is held    ${hold === 'off' ? 'never for its rates' : `at ${hold === 'warning' ? 'a warning' : 'what is critical'}`}`,
    '',
  ].join('\n');
}

function thresholdsOf(given: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    given.map((each) => {
      const [name = '', value = ''] = each.split('=');
      const number = Number(value);
      if (!NAMES.some((known) => known === name) || value === '' || !Number.isFinite(number))
        throw new CommandFailed(`Expected one of ${NAMES.join(', ')}, = and a number: ${each}`, EXIT.usage);
      return [name, number];
    }),
  );
}

function yes(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new CommandFailed('Expected yes or no', EXIT.usage);
}
