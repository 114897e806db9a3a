import type { Resolver } from '@postern/dns';

/** What our mail comes from. */
export interface Sources {
  /** Our name: said in EHLO where a source says no other. */
  readonly hostname: string;
  /** The addresses that were named for it; empty for those that the name resolves to. */
  readonly addresses: readonly string[];
  /** Sources that operators have added. */
  readonly added?: readonly AddedSource[];
  /** The domain of our signed return-paths. */
  readonly bounceDomain?: string | undefined;
}

export interface AddedSource {
  readonly pool: string;
  readonly ehloName: string;
  readonly addresses: readonly string[];
}

/** Addresses that mail leaves from, and the name that is said there. */
export interface SourceGroup {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** More are not looked at: each costs questions. */
const MAX_ADDRESSES = 64;

/**
 * Where mail leaves from. The addresses of our own name count where they were named, and where no source was added to the pool
 * that all mail leaves from unless a rule says otherwise.
 */
export async function sourceGroups(
  { hostname, addresses, added = [] }: Sources,
  resolver: Pick<Resolver, 'addresses'>,
): Promise<readonly SourceGroup[]> {
  const others = added.map((source) => ({ name: source.ehloName, addresses: source.addresses }));
  const own = addresses.length > 0 || !added.some(({ pool }) => pool === 'default');
  const groups = own ? [{ name: hostname, addresses: await ownAddresses(hostname, addresses, resolver) }] : [];
  let room = MAX_ADDRESSES;
  return [...groups, ...others].map((group) => {
    const kept = group.addresses.slice(0, room);
    room -= kept.length;
    return { ...group, addresses: kept };
  });
}

async function ownAddresses(
  hostname: string,
  named: readonly string[],
  resolver: Pick<Resolver, 'addresses'>,
): Promise<readonly string[]> {
  if (named.length > 0) return named;
  const answer = await resolver.addresses(hostname);
  return answer.kind === 'found' ? answer.records.map(({ address }) => address) : [];
}

/** Every address of the groups, once. */
export function addressesOf(groups: readonly SourceGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ addresses }) => addresses))];
}
