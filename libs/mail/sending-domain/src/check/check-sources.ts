import type { Resolver } from '@postern/dns';
import type { SourceGroup } from '../sources.ts';
import { type CheckLine, fails, passes, unknown, warns } from './check-line.ts';

/** What receivers see of each name that we say and of each address: EHLO, reverse DNS and back again. */
export async function checkSources(
  groups: readonly SourceGroup[],
  resolver: Pick<Resolver, 'addresses' | 'ptr'>,
): Promise<readonly CheckLine[]> {
  return (await Promise.all(groups.map((group) => checkGroup(group, resolver)))).flat();
}

async function checkGroup(
  { name, addresses: sources }: SourceGroup,
  resolver: Pick<Resolver, 'addresses' | 'ptr'>,
): Promise<readonly CheckLine[]> {
  const own = await resolver.addresses(name);
  const about = { id: `ehlo:${name}`, about: `EHLO name ${name}` };
  const addresses = own.kind === 'found' ? own.records.map(({ address }) => address) : [];
  const lines = await Promise.all(sources.map((source) => checkReverse(source, { hostname: name, resolver })));
  if (own.kind === 'failed') return [unknown(about, name), ...lines];
  const missing = sources.filter((source) => !addresses.includes(source));
  if (addresses.length > 0 && missing.length === 0)
    return [passes(about, `resolves to ${addresses.join(' ')}`), ...lines];
  const said = {
    found: addresses.length === 0 ? `${name} has no address` : `${name} does not resolve to ${missing.join(' ')}`,
    effect: 'Many receivers refuse or mark mail of hosts whose EHLO name is not theirs (RFC 5321 §4.1.4)',
    remedy:
      sources.length === 0
        ? 'Set POSTERN_HOSTNAME to the name of this host in the DNS; where it is behind NAT, say from which addresses mail leaves: POSTERN_SOURCE_ADDRESSES'
        : `Publish address records for ${name}: ${sources.join(' ')}; or say another name (POSTERN_HOSTNAME, postern source)`,
  };
  return [addresses.length === 0 ? fails(about, said) : warns(about, said), ...lines];
}

/** FCrDNS: the address has a name, and that name the address (RFC 8601 §2.7.3, "iprev"). */
async function checkReverse(
  source: string,
  { hostname, resolver }: { readonly hostname: string; readonly resolver: Pick<Resolver, 'addresses' | 'ptr'> },
): Promise<CheckLine> {
  const about = { id: `fcrdns:${source}`, about: `Reverse DNS of ${source}` };
  const names = await resolver.ptr(source);
  if (names.kind === 'failed') return unknown(about, `${source} PTR`);
  const effect =
    'Google, Yahoo and Microsoft refuse mail from addresses without matching reverse DNS (Google 550 5.7.25)';
  const remedy = `Have whoever gave you the address publish a PTR record with ${hostname}`;
  if (names.kind !== 'found') return fails(about, { found: `${source} has no name`, effect, remedy });
  for (const name of names.records.slice(0, 10)) {
    const back = await resolver.addresses(name);
    if (back.kind === 'failed') return unknown(about, name);
    if (back.kind === 'found' && back.records.some(({ address }) => address === source)) {
      const found = `${name}, which resolves back`;
      if (name.toLowerCase() === hostname.toLowerCase()) return passes(about, found);
      return warns(about, {
        found: `${found}, but is not ${hostname}`,
        effect: 'Some receivers want EHLO and reverse DNS to be one name',
        remedy,
      });
    }
  }
  return fails(about, {
    found: `${names.records.slice(0, 3).join(' ')} does not resolve back to ${source}`,
    effect,
    remedy,
  });
}
