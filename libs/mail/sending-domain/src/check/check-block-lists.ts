import { parseAddress, type Resolver, reverseName } from '@postern/dns';
import { type CheckLine, fails, passes, unknown } from './check-line.ts';

/** Whether the addresses that mail leaves from are on DNS block lists (RFC 5782). */
export async function checkBlockLists(
  sources: readonly string[],
  lists: readonly string[],
  resolver: Pick<Resolver, 'addresses'>,
): Promise<readonly CheckLine[]> {
  return Promise.all(sources.flatMap((source) => lists.map((list) => checkList(source, list, resolver))));
}

async function checkList(source: string, list: string, resolver: Pick<Resolver, 'addresses'>): Promise<CheckLine> {
  const about = { id: `dnsbl:${list}:${source}`, about: `${list} about ${source}` };
  const answer = await resolver.addresses(`${queryName(source)}.${list}`);
  if (answer.kind === 'failed') return unknown(about, list);
  if (answer.kind !== 'found') return passes(about, 'not listed');
  const codes = answer.records.map(({ address }) => address);
  // 127.255.255.x says that the list does not answer this resolver; what is not of 127/8 is no answer of a list at all.
  if (codes.every((code) => code.startsWith('127.255.255.') || !code.startsWith('127.')))
    return { ...unknown(about, list), remedy: 'Ask through a resolver of your own: lists refuse public ones' };
  return fails(about, {
    found: `listed: ${codes.join(' ')}`,
    effect: 'Receivers that use the list refuse or mark all mail from this address',
    remedy: `Find out why, mend it, then ask ${list} to take the address out`,
  });
}

/** RFC 5782 §2.1, §2.4: the octets or nibbles turned round, as in reverse DNS. */
function queryName(source: string): string {
  const name = parseAddress(source) ? (reverseName(source) ?? '') : '';
  return name.replace(/\.(?:in-addr|ip6)\.arpa\.?$/, '');
}
