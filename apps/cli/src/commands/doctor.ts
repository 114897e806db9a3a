import { judgeReadiness, verbs, type Readiness } from '@postern/administration';
import { readConfiguration } from '@postern/configuration';
import { createResolver } from '@postern/dns-resolver';
import { createMachine } from '@postern/machine';
import { sourcesOf } from '@postern/outbound';
import { Command } from 'commander';
import { withAdministration } from '../database/open-administration.ts';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { checkText } from './check-text.ts';
import { answer } from './runner.ts';

interface DoctorOptions {
  readonly to?: string;
  readonly json?: true;
}

/** `postern doctor`: exits 0 when a mail would go out well from here, 1 otherwise. */
export function doctorCommand(io: Io): Command {
  return new Command('doctor')
    .description('what is wrong here, what comes of it and how to mend it; exits 1 when no mail would go out well')
    .option('--to <domain>', 'try the port of mail with the mail hosts of this domain')
    .option('--json', 'answer with JSON')
    .action(async ({ to, json }: DoctorOptions) => {
      const found = await examine(io, to);
      io.out(json ? `${JSON.stringify(found, null, 2)}\n` : `${checkText(found.lines)}\n${VERDICTS[found.status]}\n`);
      if (found.status === 'fail' || found.status === 'unknown') throw new CommandFailed('', EXIT.refused);
    });
}

const VERDICTS: Readonly<Record<Readiness['status'], string>> = {
  pass: 'A mail would go out well.',
  info: 'A mail would go out well.',
  warn: 'A mail would go out; see the warnings for what receivers may make of it.',
  unknown: 'It is not known whether a mail would go out.',
  fail: 'No mail would go out well: see what fails.',
};

/** With the database when there is one; that there is none is a finding, and no reason to look no further. */
async function examine(io: Io, to: string | undefined): Promise<Readiness> {
  try {
    const query = to === undefined ? {} : { domain: to };
    return await withAdministration(io, async (context) => answer(await verbs.showReadiness(context, { query })));
  } catch (error) {
    if (!(error instanceof CommandFailed) || error.exitCode !== EXIT.refused || error.refusal) throw error;
    const found = await examineAlone(io, to);
    const said = error.message.replace(/\.?$/, '');
    const remedy = said.includes('DATABASE_URL') ? said : `${said}. Start it, or mend DATABASE_URL`;
    const lines = found.lines.map((line) => (line.id === 'database' ? { ...line, remedy } : line));
    return { ...found, lines };
  }
}

async function examineAlone(io: Io, to: string | undefined): Promise<Readiness> {
  const reading = readConfiguration(io.env);
  if ('faults' in reading) throw new CommandFailed(reading.faults.join('\n'), EXIT.configuration);
  const { ok: configuration } = reading;
  await using resolver = createResolver(configuration.dns);
  // Awaited here: the resolver is closed when this ends.
  return await judgeReadiness({
    machine: createMachine({ configuration, resolver, store: undefined }),
    resolver,
    sources: sourcesOf(configuration),
    domains: undefined,
    routes: [],
    to,
    now: new Date(),
  });
}
