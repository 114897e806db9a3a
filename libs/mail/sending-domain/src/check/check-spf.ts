import type { Resolver } from '@postern/dns';
import { checkHost, RFC_LIMITS, type SpfOutcome } from '@postern/spf';
import { type CheckLine, fails, informs, passes, unknown, warns } from './check-line.ts';

/** An address that no record lists: every term of the record is looked at, to count what it may cost (RFC 5180 §8: benchmarking). */
const NOBODY = '198.18.255.254';
/** Limits lifted, so that "14 of 10" can be said. */
const LIFTED = { lookups: 60, voidLookups: 60 };

/** What receivers make of the domain's SPF record, and whether it covers every address that mail leaves from (RFC 7208). */
export async function checkSpf(
  domain: string,
  { sources, advised }: { readonly sources: readonly string[]; readonly advised: string },
  resolver: Resolver,
): Promise<readonly CheckLine[]> {
  const whole = await checkHost({ address: NOBODY, domain, limits: LIFTED }, resolver);
  const record = recordLine(domain, whole, advised);
  if (whole.result === 'none' || record.status === 'unknown') return [record];
  return [record, ...(await Promise.all(sources.map((address) => sourceLine(domain, address, resolver))))];
}

function recordLine(domain: string, whole: SpfOutcome, advised: string): CheckLine {
  const about = { id: 'spf', about: 'SPF' };
  const { result, reason, lookups, voidLookups, steps } = whole;
  if (result === 'temperror') return unknown(about, reason);
  if (result === 'none') {
    return fails(about, {
      found: `${domain} has no SPF record`,
      effect: 'Large receivers refuse mail of domains without SPF (Google 550 5.7.26)',
      remedy: `Publish ${domain} TXT "${advised}"`,
    });
  }
  const broken =
    'Receivers answer permerror: the record counts as if it were not there, for every sender of the domain';
  if (result === 'permerror' && lookups <= RFC_LIMITS.lookups)
    return fails(about, { found: reason, effect: broken, remedy: 'Mend the record' });
  const cost = `${result === 'permerror' ? 'at least ' : ''}${lookups} of ${RFC_LIMITS.lookups} lookups`;
  const includes = steps.filter(({ term }) => /include:|redirect=/i.test(term)).map(({ term }) => term);
  const found = [cost, ...(includes.length > 0 ? [`through ${[...new Set(includes)].join(' ')}`] : [])].join(', ');
  if (lookups > RFC_LIMITS.lookups)
    return fails(about, {
      found,
      effect: broken,
      remedy: 'Take out includes that are not needed, or put addresses in their place',
    });
  if (voidLookups > RFC_LIMITS.voidLookups)
    return fails(about, {
      found: `${found}; ${voidLookups} lookups come back empty, and 2 are allowed`,
      effect: broken,
      remedy: 'Take out the hosts that do not exist any more',
    });
  if (result === 'pass')
    return warns(about, {
      found: `${found}; it lets everybody pass (${reason})`,
      effect: 'Anybody may send as the domain, and receivers think little of such records',
      remedy: 'End the record with ~all or -all',
    });
  if (result === 'neutral')
    return warns(about, {
      found: `${found}; it ends without -all or ~all`,
      effect: 'Mail of strangers is neither refused nor marked',
      remedy: 'End the record with ~all or -all',
    });
  return lookups === RFC_LIMITS.lookups ? informs(about, `${found}: one more is too many`) : passes(about, found);
}

async function sourceLine(domain: string, address: string, resolver: Resolver): Promise<CheckLine> {
  const about = { id: `spf:${address}`, about: `SPF for ${address}` };
  const { result, reason } = await checkHost({ address, domain }, resolver);
  if (result === 'temperror') return unknown(about, reason);
  if (result === 'pass') return passes(about, `pass: ${reason}`);
  return fails(about, {
    found: `${result}: ${reason}`,
    effect: 'Mail from this address fails SPF; where it is not signed, it fails DMARC',
    remedy: `Add ${address.includes(':') ? 'ip6' : 'ip4'}:${address} to the record of ${domain}`,
  });
}
