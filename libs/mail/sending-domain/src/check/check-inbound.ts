import type { Resolver } from '@postern/dns';
import { type CheckLine, fails, informs, passes, unknown, warns } from './check-line.ts';

/** Whether the domain can hear of bounces: its mail hosts (RFC 5321 §5.1, RFC 7505). */
export async function checkMailHosts(domain: string, resolver: Pick<Resolver, 'mx' | 'addresses'>): Promise<CheckLine> {
  const about = { id: 'mx', about: 'MX and return-path' };
  const answer = await resolver.mx(domain);
  if (answer.kind === 'failed') return unknown(about, `${domain} MX`);
  const effect = 'Bounces and replies are lost, and many receivers refuse senders whose domain takes no mail';
  if (answer.kind === 'found') {
    if (answer.records.some(({ exchange }) => exchange === '.'))
      return fails(about, {
        found: 'A null MX: the domain takes no mail',
        effect,
        remedy: 'Send with a reverse-path of a domain that takes mail, or publish an MX record',
      });
    const hosts = answer.records.map(({ exchange }) => exchange).slice(0, 10);
    const addresses = await Promise.all(hosts.map((host) => resolver.addresses(host)));
    const dead = hosts.filter((_, index) => ['nodata', 'nxdomain'].includes(addresses[index]?.kind ?? ''));
    if (dead.length === hosts.length)
      return fails(about, {
        found: `No mail host has an address: ${dead.join(' ')}`,
        effect,
        remedy: 'Publish A or AAAA records for the mail hosts',
      });
    if (dead.length > 0)
      return warns(about, {
        found: `${dead.join(' ')} has no address`,
        effect: 'Bounces take longer',
        remedy: 'Take the host out of the MX records',
      });
    return passes(about, hosts.join(' '));
  }
  const own = await resolver.addresses(domain);
  if (own.kind === 'failed') return unknown(about, domain);
  if (own.kind === 'found')
    return informs(about, 'No MX record; the address of the domain itself is its mail host', 'Publish an MX record');
  return fails(about, {
    found: `${domain} has neither MX nor address records`,
    effect,
    remedy: 'Publish an MX record',
  });
}

/** What the domain says of mail to it: MTA-STS, TLS reports, BIMI. None of it keeps mail from being delivered. */
export async function checkAdvice(domain: string, resolver: Pick<Resolver, 'txt'>): Promise<readonly CheckLine[]> {
  return Promise.all([
    advice({ id: 'mta-sts', about: 'MTA-STS' }, `_mta-sts.${domain}`, { begins: /^v=STSv1\b/, resolver }),
    advice({ id: 'tls-rpt', about: 'TLS-RPT' }, `_smtp._tls.${domain}`, { begins: /^v=TLSRPTv1\b/, resolver }),
    advice({ id: 'bimi', about: 'BIMI' }, `default._bimi.${domain}`, { begins: /^v=BIMI1\b/, resolver }),
  ]);
}

async function advice(
  about: Pick<CheckLine, 'id' | 'about'>,
  name: string,
  { begins, resolver }: { readonly begins: RegExp; readonly resolver: Pick<Resolver, 'txt'> },
): Promise<CheckLine> {
  const answer = await resolver.txt(name);
  if (answer.kind === 'failed') return informs(about, `${name} could not be looked up`);
  const texts = answer.kind === 'found' ? answer.records.filter((text) => begins.test(text)) : [];
  if (texts.length > 1)
    return warns(about, {
      found: `${texts.length} records at ${name}`,
      effect: 'They count as none',
      remedy: 'Leave one of them',
    });
  return informs(about, texts[0] ?? `No record at ${name}`);
}
