import type { Resolver } from '@postern/dns';

/**
 * A resolver that asks nothing any more once a check has taken this long: what is left is not known then. Records of strangers
 * decide how many questions a check costs, and servers of strangers how long each takes; nobody waits for all of them
 * (RFC 7208 §4.6.4 wants such a bound for SPF).
 */
export function patient(resolver: Resolver, forMs: number): Resolver {
  const until = performance.now() + forMs;
  const inTime = <Args extends readonly unknown[], Answer>(
    ask: (...args: Args) => Promise<Answer>,
  ): ((...args: Args) => Promise<Answer | { readonly kind: 'failed'; readonly reason: 'timeout' }>) => {
    return (...args) =>
      performance.now() < until ? ask(...args) : Promise.resolve({ kind: 'failed', reason: 'timeout' });
  };
  return {
    mx: inTime((name) => resolver.mx(name)),
    addresses: inTime((name) => resolver.addresses(name)),
    txt: inTime((name) => resolver.txt(name)),
    ptr: inTime((name) => resolver.ptr(name)),
    tlsa: inTime((name) => resolver.tlsa(name)),
    cname: inTime((name) => resolver.cname(name)),
  };
}
