import { readFile } from 'node:fs/promises';
import { verbs, type TlsReportReceived, type TlsReportSent, type TlsResult } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed } from '../exit.ts';
import type { Io } from '../io.ts';
import type { Column } from '../output/table.ts';
import { answer, listed, onDatabase, readAll } from './runner.ts';
import { whole } from './whole.ts';

const RESULTS: readonly Column<TlsResult>[] = [
  { title: 'day', value: ({ day }) => day },
  { title: 'domain', value: ({ domain }) => domain },
  { title: 'policy', value: ({ policyType }) => policyType },
  { title: 'successes', value: ({ successes }) => String(successes) },
  { title: 'failures', value: ({ failures }) => String(failures) },
  { title: 'why', value: ({ resultTypes }) => [...new Set(resultTypes.map(({ resultType }) => resultType))].join(' ') },
];
const SENT: readonly Column<TlsReportSent>[] = [
  { title: 'day', value: ({ day }) => day },
  { title: 'domain', value: ({ domain }) => domain },
  { title: 'to', value: ({ destination }) => destination },
  { title: 'sent', value: ({ sentAt, dueAt }) => sentAt ?? (dueAt === null ? 'given up' : `due ${dueAt}`) },
  { title: 'fault', value: ({ fault }) => fault ?? '' },
];
const RECEIVED: readonly Column<TlsReportReceived>[] = [
  { title: 'from', value: ({ startAt }) => startAt },
  { title: 'organization', value: ({ organization }) => organization },
  { title: 'domains', value: ({ domains }) => domains.join(' ') },
  { title: 'successes', value: ({ successes }) => String(successes) },
  { title: 'failures', value: ({ failures }) => String(failures) },
  { title: 'signed by', value: ({ signedBy }) => signedBy ?? '(taken in)' },
];

/** `postern tls-report …` */
export function tlsReportCommand(io: Io): Command {
  const noun = new Command('tls-report').description('what came of TLS, and the reports about it');
  const results = noun
    .command('results')
    .description('what came of TLS with each destination')
    .option('--domain <domain>', 'this destination alone')
    .option('--days <days>', 'how many days back', '7');
  onDatabase(results, io, async (context, { domain, days }: { readonly domain?: string; readonly days: string }) => {
    const query = { days: whole(days, '--days'), ...(domain === undefined ? {} : { domain }) };
    const { items } = answer(await verbs.listTlsResults(context, { query }));
    return listed(RESULTS, items, 'Nothing was delivered in that time: --days looks further back.');
  });
  onDatabase(noun.command('sent').description('the reports that we made'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listTlsReportsSent(context, { query }));
    return listed(SENT, items, 'No report was made yet: postern tls-report results shows what the next will tell.');
  });
  onDatabase(noun.command('received').description('the reports about our domains'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listTlsReportsReceived(context, { query }));
    return listed(RECEIVED, items, 'No report has come yet: postern tls-report upload takes one in.');
  });
  const upload = noun
    .command('upload')
    .description('take in a report about a domain of ours: its .json or .json.gz')
    .argument('<file>');
  onDatabase(upload, io, async (context, file: string) => {
    const octets = await readFile(file).catch(() => {
      throw new CommandFailed(`${file} cannot be read`);
    });
    const report = answer(await verbs.uploadTlsReport(context, { body: { file: octets.toString('base64') } }));
    return { json: report, text: `The report ${report.reportId} of ${report.organization} is taken in.\n` };
  });
  return noun;
}
