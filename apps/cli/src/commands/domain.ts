import { exportDomainKey, verbs, type DkimKey, type SendingDomain } from '@postern/administration';
import { Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import type { Column } from '../output/table.ts';
import { checkText } from './check-text.ts';
import { domainUpdateCommand } from './domain-update.ts';
import { domainText } from './domain-text.ts';
import { readStdin } from './read-stdin.ts';
import { whole } from './whole.ts';
import { answer, because, gather, listed, onDatabase, readAll, REASON } from './runner.ts';

const COLUMNS: readonly Column<SendingDomain>[] = [
  { title: 'domain', value: ({ name }) => name },
  { title: 'signs with', value: ({ keys }) => selectors(keys, 'active') },
  { title: 'waiting', value: ({ keys }) => selectors(keys, 'pending') || null },
  { title: 'check', value: ({ check }) => check?.status ?? null },
  { title: 'checked', value: ({ check }) => localTime(check?.checkedAt ?? null) },
];

/** `postern domain …` */
export function domainCommand(io: Io): Command {
  const noun = new Command('domain').description(
    'sending domains: what mail is signed for, and what is to be published',
  );
  const add = noun
    .command('add')
    .description('add a domain: its keys are made, and sign from now on')
    .argument('<domain>')
    .option('--sub-domains', 'sign for sub-domains that are no sending domains of their own as well')
    .option('--sign-field <name>', 'a header field to sign beside the usual ones; again for more', gather)
    .option('--delegate-to <zone>', 'publish keys in this zone of yours; the domain has CNAMEs to them')
    .option('--rotate-days <days>', 'rotate the keys by themselves after so many days')
    .option('--settle-seconds <seconds>', 'how long the world must have seen a new key before it signs', '3600')
    .option('--retain-seconds <seconds>', 'how long a key stays published after it signed', '604800');
  onDatabase(add, io, async (context, domain: string, options: AddOptions) =>
    domainText(answer(await verbs.addDomain(context, { body: addBody(domain, options) }))),
  );
  onDatabase(noun.command('list').description('all sending domains'), io, async (context) => {
    const items = await readAll(Infinity, (query) => verbs.listDomains(context, { query }));
    return listed(COLUMNS, items, 'There is no sending domain, and mail is not signed: postern domain add adds one.');
  });
  const show = noun
    .command('show')
    .description('one domain, its keys, and the records to publish')
    .argument('<domain>')
    .addOption(new Option('--records <form>', 'only the records, in this form').choices(['zone-file', 'terraform']));
  onDatabase(show, io, async (context, domain: string, { records }: { readonly records?: string }) => {
    const found = answer(await verbs.showDomain(context, { params: { domain } }));
    if (records === undefined) return domainText(found);
    return { json: found, text: records === 'terraform' ? found.terraform : found.zoneFile };
  });
  const check = noun
    .command('check')
    .description('what the world sees of it now: what fails, what comes of it, and how to mend it')
    .argument('<domain>');
  onDatabase(check, io, async (context, domain: string) => {
    const found = answer(await verbs.checkDomain(context, { params: { domain } }));
    return { json: found, text: checkText(found.lines) };
  });
  const rotate = noun
    .command('rotate-key')
    .description('make new keys; they sign once the world has seen them')
    .argument('<domain>')
    .option('--now', 'sign with them at once: for a key that has leaked')
    .option(...REASON);
  onDatabase(rotate, io, async (context, domain: string, { now, ...why }: { readonly now?: true } & Why) => {
    const body = { sign: now ? ('now' as const) : ('once-seen' as const), ...because(why) };
    return domainText(answer(await verbs.rotateDomainKey(context, { params: { domain }, body })));
  });
  noun.addCommand(domainUpdateCommand(io));
  keyCommands(noun, io);
  const remove = noun
    .command('remove')
    .description('remove a domain and its keys, for good')
    .argument('<domain>')
    .option(...REASON);
  onDatabase(remove, io, async (context, domain: string, why: Why) => {
    answer(await verbs.removeDomain(context, { params: { domain }, body: because(why) }));
    return { json: { removed: domain }, text: `${domain} is no sending domain any more.\n` };
  });
  return noun;
}

/** Keys that come from another signer, or go to one. */
function keyCommands(noun: Command, io: Io): void {
  const bring = noun
    .command('import-key')
    .description("take over another signer's key, PEM on standard input: < /etc/opendkim/keys/example.org/mail.private")
    .argument('<domain>')
    .requiredOption('--selector <selector>', 'under which its record is published')
    .option('--once-seen', 'sign only once the world has seen its record')
    .option(...REASON);
  onDatabase(bring, io, async (context, domain: string, options: { selector: string; onceSeen?: true } & Why) => {
    const privateKey = await readStdin(io, 'Give the private key on standard input');
    const sign = options.onceSeen ? ('once-seen' as const) : ('now' as const);
    const body = { selector: options.selector, privateKey, sign, ...because(options) };
    return domainText(answer(await verbs.importDomainKey(context, { params: { domain }, body })));
  });
  const take = noun
    .command('export-key')
    .description("write a key's private half, PKCS#8 in PEM, as OpenDKIM, rspamd and Exim read it")
    .argument('<domain>')
    .requiredOption('--selector <selector>', 'the key that is published under it')
    .option(...REASON);
  onDatabase(take, io, async (context, domain: string, options: { readonly selector: string } & Why) => {
    const given = { domain, selector: options.selector, ...because(options) };
    const exported = answer(await exportDomainKey(context, given));
    const layout = opendkimLayout(exported);
    return { json: { ...exported, opendkim: layout }, text: exported.privateKey };
  });
}

/** The lines of OpenDKIM's KeyTable and SigningTable for a key, and where its file goes. */
function opendkimLayout({ domain, selector }: { readonly domain: string; readonly selector: string }) {
  const file = `/etc/opendkim/keys/${domain}/${selector}.private`;
  const name = `${selector}._domainkey.${domain}`;
  return { file, keyTable: `${name} ${domain}:${selector}:${file}`, signingTable: `*@${domain} ${name}` };
}

interface Why {
  readonly reason?: string;
}

interface AddOptions {
  readonly subDomains?: true;
  readonly signField?: readonly string[];
  readonly delegateTo?: string;
  readonly rotateDays?: string;
  readonly settleSeconds: string;
  readonly retainSeconds: string;
}

function addBody(name: string, options: AddOptions) {
  return {
    name,
    subDomains: options.subDomains ?? false,
    signedFields: [...(options.signField ?? [])],
    delegatedTo: options.delegateTo ?? null,
    rotateDays: options.rotateDays === undefined ? null : whole(options.rotateDays, '--rotate-days'),
    settleSeconds: whole(options.settleSeconds, '--settle-seconds'),
    retainSeconds: whole(options.retainSeconds, '--retain-seconds'),
  };
}

function selectors(keys: readonly DkimKey[], state: DkimKey['state']): string {
  return keys
    .filter((key) => key.state === state)
    .map(({ selector }) => selector)
    .join(' ');
}
