import type { Resolver } from '@postern/dns';
import { readReportRecord } from '@postern/tls-report';
import { type CheckLine, fails, informs, passes, unknown, warns } from './check-line.ts';

/** Whether the domain can hear of bounces: its mail hosts (RFC 5321 §5.1, RFC 7505). */
export async function checkMailHosts(
  domain: string,
  resolver: Pick<Resolver, 'mx' | 'addresses'>,
  about: Pick<CheckLine, 'id' | 'about'> = { id: 'mx', about: 'MX and return-path' },
): Promise<CheckLine> {
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

/** What the domain says to those who send to it or show its mail. None of it keeps mail from being delivered. */
export async function checkAdvice(domain: string, resolver: Pick<Resolver, 'txt'>): Promise<readonly CheckLine[]> {
  return Promise.all([checkTlsReporting(domain, resolver), checkBimi(domain, resolver)]);
}

async function checkTlsReporting(domain: string, resolver: Pick<Resolver, 'txt'>): Promise<CheckLine> {
  const about = { id: 'tls-rpt', about: 'TLS-RPT' };
  const name = `_smtp._tls.${domain}`;
  const answer = await resolver.txt(name);
  if (answer.kind === 'failed') return informs(about, `${name} could not be looked up`);
  const texts = answer.kind === 'found' ? answer.records : [];
  const record = readReportRecord(texts);
  if (record.kind === 'destinations') {
    const to = record.destinations.map((each) => (each.kind === 'mail' ? each.address : each.url));
    return passes(about, `reports to ${to.join(' ')}`);
  }
  if (!texts.some((text) => /^v=TLSRPT/i.test(text))) return informs(about, `No record at ${name}`);
  return warns(about, {
    found: `The record at ${name} does not count: ${record.because}`,
    effect: 'Nobody tells you when TLS to your mail hosts fails',
    remedy: `Publish ${name} TXT "v=TLSRPTv1; rua=mailto:tls-reports@${domain}"`,
  });
}

async function checkBimi(domain: string, resolver: Pick<Resolver, 'txt'>): Promise<CheckLine> {
  const about = { id: 'bimi', about: 'BIMI' };
  const name = `default._bimi.${domain}`;
  const answer = await resolver.txt(name);
  if (answer.kind === 'failed') return informs(about, `${name} could not be looked up`);
  const texts = answer.kind === 'found' ? answer.records.filter((text) => /^v=BIMI1\b/.test(text)) : [];
  if (texts.length > 1)
    return warns(about, {
      found: `${texts.length} records at ${name}`,
      effect: 'They count as none',
      remedy: 'Leave one of them',
    });
  return informs(about, texts[0] ?? `No record at ${name}`);
}
