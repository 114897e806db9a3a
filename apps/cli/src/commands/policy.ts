import { CIPHER_SUITES, type CipherSuite, RULE_CHANNELS, TLS_VERSIONS } from '@postern/admin-contract';
import { verbs, type Context, type PolicyExplanation, type TlsRule } from '@postern/administration';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Io } from '../io.ts';
import type { Column } from '../output/table.ts';
import { explained } from './policy-explained.ts';
import { answer, because, gather, listed, onDatabase, readAll, REASON, type Shown } from './runner.ts';
import { whole } from './whole.ts';

const RULES: readonly Column<TlsRule>[] = [
  { title: 'id', value: ({ id }) => id, whole: true },
  { title: 'for', value: ({ scope, of }) => `${scope} ${of}` },
  { title: 'demands', value: demandsOf },
  { title: 'until', value: ({ until }) => until ?? '' },
  { title: 'reason', value: ({ reason }) => reason },
  { title: 'by', value: ({ createdBy }) => createdBy },
];

/** `postern policy …` */
export function policyCommand(io: Io): Command {
  const noun = new Command('policy').description('what the channel to a destination must be, and why');
  const explain = noun
    .command('explain')
    .description('what a delivery to this domain would have to prove right now, and why; sends no mail')
    .argument('<domain>');
  onDatabase(explain, io, async (context, domain: string) => {
    const explanation: PolicyExplanation = answer(await verbs.explainPolicy(context, { params: { domain } }));
    return { json: explanation, text: explained(explanation) };
  });
  const simulate = noun
    .command('simulate')
    .description('which deliveries of the last days would have failed, had verified TLS been required')
    .requiredOption('--domain <domain>', 'a recipient domain; again for more', gather)
    .option('--days <days>', 'how many days back', '7');
  onDatabase(simulate, io, simulate_);
  const rule = new Command('rule').description('what operators demand of the channel, or allow');
  const add = rule
    .command('add')
    .description('demand something of a domain, a route or a credential, or allow an expired certificate')
    .addOption(
      new Option('--domain <pattern>', 'mail to example.com, *.example.com or *').conflicts(['route', 'credential']),
    )
    .addOption(new Option('--route <name>', 'mail by a route').conflicts(['credential']))
    .option('--credential <name>', 'mail that a credential submits')
    .addOption(new Option('--require <what>', 'what the channel must be').choices(RULE_CHANNELS.slice(1)))
    .addOption(new Option('--min-version <version>', 'the least TLS version').choices([...TLS_VERSIONS]))
    .option(
      '--cipher <suite>',
      `a cipher suite that will do, again for more; forward-secret stands for all of them: ${CIPHER_SUITES.join(' ')}`,
      gatherSuite,
      [],
    )
    .option('--allow-expired', 'an expired certificate will do; needs --until')
    .option('--until <date>', 'when the rule ends: 2027-01-31, or an instant')
    .requiredOption('--reason <text>', 'why, for the audit and for the record of attempts');
  onDatabase(add, io, add_);
  onDatabase(rule.command('list').description('all rules'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listTlsRules(context, { query }));
    return listed(
      RULES,
      items,
      'There is no rule: what a destination publishes counts. postern policy rule add adds one.',
    );
  });
  const remove = rule
    .command('remove')
    .description('remove a rule')
    .argument('<id>')
    .option(...REASON);
  onDatabase(remove, io, async (context, id: string, why: { readonly reason?: string }) => {
    answer(await verbs.removeTlsRule(context, { params: { id }, body: because(why) }));
    return { json: { removed: id }, text: `The rule ${id} is removed.\n` };
  });
  noun.addCommand(rule);
  return noun;
}

interface AddOptions {
  readonly domain?: string;
  readonly route?: string;
  readonly credential?: string;
  readonly require?: TlsRule['channel'];
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  readonly cipher: readonly CipherSuite[];
  readonly allowExpired?: true;
  readonly until?: string;
  readonly reason: string;
}

async function add_(context: Context, options: AddOptions): Promise<Shown> {
  const { domain, route, credential, until } = options;
  const scope: TlsRule['scope'] = route !== undefined ? 'route' : credential !== undefined ? 'credential' : 'domain';
  const body = {
    scope,
    of: route ?? credential ?? domain ?? '',
    channel: options.require ?? 'none',
    minVersion: options.minVersion ?? null,
    ciphers: [...options.cipher],
    allowExpired: options.allowExpired ?? false,
    until: until === undefined ? null : instantOf(until),
    reason: options.reason,
  };
  const rule = answer(await verbs.addTlsRule(context, { body }));
  return { json: rule, text: `The rule ${rule.id} is added: ${rule.scope} ${rule.of}, ${demandsOf(rule)}.\n` };
}

function gatherSuite(text: string, before: readonly CipherSuite[]): readonly CipherSuite[] {
  if (text === 'forward-secret') return CIPHER_SUITES;
  const suite = CIPHER_SUITES.find((each) => each === text);
  if (!suite) throw new InvalidArgumentError(`Expected forward-secret or one of ${CIPHER_SUITES.join(', ')}`);
  return [...before, suite];
}

/** What is no date is handed on as it is, to be refused with a clear word. */
function instantOf(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

async function simulate_(
  context: Context,
  options: { readonly domain: readonly string[]; readonly days: string },
): Promise<Shown> {
  const body = { domains: [...options.domain], days: whole(options.days, '--days') };
  const simulation = answer(await verbs.simulatePolicy(context, { body }));
  const lines = simulation.domains.flatMap(({ domain, deliveries, wouldHaveFailed, reasons }) => [
    `${domain}: ${wouldHaveFailed} of ${deliveries} deliveries since ${simulation.since} would have failed`,
    ...reasons.map(({ host, why, deliveries: count }) => `  ${count} to ${host ?? 'no host'}: ${why}`),
  ]);
  return { json: simulation, text: `${lines.join('\n')}\n` };
}

function demandsOf({ channel, minVersion, ciphers, allowExpired }: TlsRule): string {
  const words = [
    channel === 'none' ? '' : channel,
    minVersion ?? '',
    ciphers.length === CIPHER_SUITES.length ? 'forward-secret ciphers' : ciphers.join(' or '),
    allowExpired ? 'an expired certificate will do' : '',
  ];
  return words.filter((word) => word !== '').join(', ');
}
