import { verbs } from '@postern/administration';
import { Command, InvalidArgumentError } from 'commander';
import type { Io } from '../io.ts';
import { instantOf } from '../output/instant-of.ts';
import { answer, because, onDatabase, REASON } from './runner.ts';
import { shownOnce } from './shown-once.ts';

interface RotateOptions {
  readonly retireUnused?: number;
  readonly retireAt?: string;
  readonly retireNow?: true;
  readonly reason?: string;
}

/** `postern credential rotate` */
export function rotateCommand(io: Io): Command {
  const command = new Command('rotate')
    .description('give it a new secret, shown once; the old one stays good until it is retired')
    .argument('<name>')
    .option('--retire-unused <days>', 'retire the old one when it was not used for so many days (default: 7)', days)
    .option('--retire-at <date>', 'retire the old one then, used or not')
    .option('--retire-now', 'retire every old one at once')
    .option(...REASON);
  return onDatabase(command, io, async (context, name: string, options: RotateOptions) => {
    const { retireUnused, retireAt, retireNow } = options;
    const body = {
      ...(retireUnused === undefined ? {} : { retireUnusedDays: retireUnused }),
      ...(retireAt === undefined ? {} : { retireAt: instantOf(retireAt) }),
      ...(retireNow ? { retireNow } : {}),
      ...because(options),
    };
    const made = answer(await verbs.rotateCredential(context, { params: { credential: name }, body }));
    const old = retireNow ? 'The old secret is retired.' : 'The old secret is still good.';
    return shownOnce(made, `The credential ${made.credential.name} has a new secret, shown this once. ${old}`);
  });
}

function days(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Expected a number of days.');
  return Number(text);
}
