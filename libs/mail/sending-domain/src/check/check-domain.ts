import type { Resolver } from '@postern/dns';
import type { Sources } from '../records.ts';
import type { DkimKey, SendingDomain } from '../sending-domain.ts';
import { checkBlockLists } from './check-block-lists.ts';
import { checkDkim } from './check-dkim.ts';
import { checkDmarc, type SentMail } from './check-dmarc.ts';
import { checkAdvice, checkMailHosts } from './check-inbound.ts';
import { type CheckLine, type CheckStatus, fails, worst } from './check-line.ts';
import { checkSources, sourceAddresses } from './check-sources.ts';
import { checkSpf } from './check-spf.ts';

export interface DomainCheck {
  readonly status: CheckStatus;
  readonly lines: readonly CheckLine[];
}

export interface CheckWorld {
  readonly resolver: Resolver;
  readonly sources: Sources;
  readonly blockLists: readonly string[];
}

/** What the world sees of a sending domain now. */
export async function checkDomain(
  domain: Pick<SendingDomain, 'name' | 'delegatedTo'> & { readonly keys: readonly DkimKey[] },
  { resolver, sources, blockLists }: CheckWorld,
  sent: readonly SentMail[],
): Promise<DomainCheck> {
  const addresses = await sourceAddresses(sources, resolver);
  const lines = (
    await Promise.all([
      checkDkim(domain, resolver),
      checkSpf(domain.name, addresses, resolver),
      checkDmarc(domain.name, sent, resolver),
      checkMailHosts(domain.name, resolver).then((line) => [line]),
      addresses.length === 0 ? [noSource(sources)] : checkSources(sources.hostname, addresses, resolver),
      checkAdvice(domain.name, resolver),
      checkBlockLists(addresses, blockLists, resolver),
    ])
  ).flat();
  return { status: worst(lines), lines };
}

function noSource({ hostname }: Sources): CheckLine {
  return fails(
    { id: 'ehlo', about: `EHLO name ${hostname}` },
    {
      found: `It is not known from which addresses mail leaves: ${hostname} resolves to none`,
      effect: 'SPF and reverse DNS cannot be checked, and receivers mark mail of hosts without a name',
      remedy: 'Set POSTERN_HOSTNAME to a name that resolves, or POSTERN_SOURCE_ADDRESSES',
    },
  );
}
