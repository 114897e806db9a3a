import type { Answer, Resolver } from '@postern/dns';

export interface Zone {
  readonly txt?: Readonly<Record<string, readonly string[]>>;
  readonly a?: Readonly<Record<string, readonly string[]>>;
  readonly mx?: Readonly<Record<string, readonly string[]>>;
  readonly ptr?: Readonly<Record<string, readonly string[]>>;
  /** Names that the DNS does not answer for. */
  readonly failing?: readonly string[];
}

/** A resolver that knows a zone by heart, and what it was asked. */
export function zoneResolver(zone: Zone): Resolver & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = <Kept, Record>(
    table: Readonly<{ [name: string]: readonly Kept[] }> | undefined,
    name: string,
    read: (kept: Kept) => Record,
  ): Promise<Answer<Record>> => {
    asked.push(name);
    if (zone.failing?.includes(name)) return Promise.resolve({ kind: 'failed', reason: 'servfail' });
    const records = table?.[name];
    const about = { authentic: false, ttlSeconds: 60, canonicalName: name };
    return Promise.resolve(
      records ? { kind: 'found', records: records.map(read), ...about } : { kind: 'nxdomain', ...about },
    );
  };
  return {
    asked,
    txt: (name) => answer(zone.txt, name, String),
    addresses: (name) =>
      answer(zone.a, name, (address) => ({ family: address.includes(':') ? 6 : 4, address }) as const),
    mx: (name) => answer(zone.mx, name, (exchange) => ({ preference: 10, exchange })),
    ptr: (name) => answer(zone.ptr, name, String),
    tlsa: (name) => answer(undefined, name, (kept: never) => kept),
    cname: (name) => answer(undefined, name, String),
  };
}
