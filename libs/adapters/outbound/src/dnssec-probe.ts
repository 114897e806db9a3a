import type { Configuration } from '@postern/configuration';
import { createResolver, hasValidatingResolver, type ValidatingResolver } from '@postern/dns-resolver';

const FRESH_MS = 60_000;

/** Whether DANE can be, a minute old at most: for metrics and for who asks what is wrong. */
export function dnssecProbe(configuration: Pick<Configuration, 'dns'>): () => Promise<ValidatingResolver> {
  let known: { readonly state: Promise<ValidatingResolver>; readonly until: number } | undefined;
  return () => {
    if (known && performance.now() < known.until) return known.state;
    const state = probe(configuration);
    known = { state, until: performance.now() + FRESH_MS };
    return state;
  };
}

async function probe({ dns }: Pick<Configuration, 'dns'>): Promise<ValidatingResolver> {
  const resolver = createResolver({ ...dns, timeoutMs: 2_000, attempts: 1 });
  try {
    return await hasValidatingResolver(resolver);
  } finally {
    await resolver.close();
  }
}
