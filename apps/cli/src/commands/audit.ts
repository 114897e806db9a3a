import { verbs, type AuditRecord } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import type { Column } from '../output/table.ts';
import { limited, listed, onDatabase, readAll } from './runner.ts';

const COLUMNS: readonly Column<AuditRecord>[] = [
  { title: 'when', value: ({ at }) => localTime(at) },
  { title: 'who', value: ({ actor }) => `${actor.name}${actor.address === null ? '' : ` from ${actor.address}`}` },
  { title: 'what', value: ({ action }) => action },
  { title: 'which', value: ({ subject }) => subject.name },
  { title: 'why', value: ({ reason }) => reason ?? '' },
];

interface Options {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly limit: number;
}

/** `postern audit` */
export function auditCommand(io: Io): Command {
  const audit = new Command('audit')
    .description('what operators did, the latest first')
    .option('--actor <name>', 'only what this operator did')
    .option('--action <noun[.verb]>', 'only this: credential, credential.revoke')
    .option('--subject <name>', 'only what was done to this: a name or an id');
  return onDatabase(limited(audit, 100), io, async (context, { actor, action, subject, limit }: Options) => {
    const filter = { ...(actor ? { actor } : {}), ...(action ? { action } : {}), ...(subject ? { subject } : {}) };
    const items = await readAll(limit, (query) => verbs.listAudit(context, { query: { ...query, ...filter } }));
    return listed(
      COLUMNS,
      items,
      Object.keys(filter).length === 0
        ? 'Nothing was done yet.'
        : 'Nothing of that kind was done: fewer filters find more.',
    );
  });
}
