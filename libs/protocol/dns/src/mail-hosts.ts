import { parseAddressLiteral } from '@postern/smtp';
import type { FailureReason, Found, NoData } from './answer.ts';
import { isHostName } from './host-name.ts';
import type { MxRecord } from './records.ts';
import type { Resolver } from './resolver.ts';

/** A mail host of a domain (RFC 5321 §5.1), or an address literal with its brackets. */
export interface MailHost {
  readonly name: string;
  readonly preference: number;
}

/** Where a domain's mail goes. */
export type MailHosts =
  | {
      readonly kind: 'hosts';
      /** In the order in which to try them: by preference, at random among equals. Never empty. */
      readonly hosts: readonly MailHost[];
      /** Whether the MX answer (or for the implicit MX its denial) was authentic (RFC 7672 §2.2.1). */
      readonly authentic: boolean;
      readonly ttlSeconds: number;
    }
  /** The domain takes no mail (RFC 7505). */
  | { readonly kind: 'null-mx' }
  /** The domain does not exist. */
  | { readonly kind: 'no-such-domain' }
  /** The domain exists and has neither a usable MX record nor an address. */
  | { readonly kind: 'no-mail-host' }
  /** We could not find out. */
  | { readonly kind: 'deferred'; readonly reason: FailureReason };

/** A domain with more mail hosts than this is served by the first of them: one attempt must not last for ever. */
export const MAX_MAIL_HOSTS = 20;

/**
 * Finds the mail hosts of a domain, or of an address literal.
 *
 * The domain itself is the host only when the DNS says that it has no MX records; never when a lookup failed, and not when
 * all of the records are unusable (RFC 5321 §5.1). `random` gives numbers from 0 up to 1.
 */
export async function mailHosts(domain: string, resolver: Resolver, random: () => number): Promise<MailHosts> {
  if (parseAddressLiteral(domain)) return literalHost(domain);
  const answer = await resolver.mx(domain);
  switch (answer.kind) {
    case 'found':
      return explicitHosts(answer, random);
    case 'nodata':
      return implicitHost(domain, answer, resolver);
    case 'nxdomain':
      return { kind: 'no-such-domain' };
    case 'failed':
      return { kind: 'deferred', reason: answer.reason };
  }
}

function literalHost(literal: string): MailHosts {
  return {
    kind: 'hosts',
    hosts: [{ name: literal, preference: 0 }],
    authentic: false,
    ttlSeconds: LITERAL_TTL_SECONDS,
  };
}

const LITERAL_TTL_SECONDS = 86_400;

function explicitHosts(answer: Found<MxRecord>, random: () => number): MailHosts {
  // RFC 7505 §3: a null MX stands alone. A root beside other exchanges is one more name that is no host.
  if (answer.records.every((record) => record.exchange === '.')) return { kind: 'null-mx' };
  const hosts = inOrder(usableHosts(answer.records), random);
  if (hosts.length === 0) return { kind: 'no-mail-host' };
  return { kind: 'hosts', hosts, authentic: answer.authentic, ttlSeconds: answer.ttlSeconds };
}

async function implicitHost(domain: string, denial: NoData, resolver: Resolver): Promise<MailHosts> {
  const addresses = await resolver.addresses(domain);
  if (addresses.kind === 'failed') return { kind: 'deferred', reason: addresses.reason };
  if (addresses.kind !== 'found') return { kind: 'no-mail-host' };
  return {
    kind: 'hosts',
    hosts: [{ name: domain, preference: 0 }],
    authentic: denial.authentic,
    ttlSeconds: Math.min(denial.ttlSeconds, addresses.ttlSeconds),
  };
}

/** Each host once, at its best preference; names that no host can have are dropped. */
function usableHosts(records: readonly MxRecord[]): readonly MailHost[] {
  const best = new Map<string, number>();
  for (const { exchange, preference } of records) {
    if (!isHostName(exchange)) continue;
    best.set(exchange, Math.min(preference, best.get(exchange) ?? Number.POSITIVE_INFINITY));
  }
  return [...best].map(([name, preference]) => ({ name, preference }));
}

/** RFC 5321 §5.1: lower numbers first, equals in random order. Which hosts are left out above the limit is not random: a site keeps its key. */
function inOrder(hosts: readonly MailHost[], random: () => number): readonly MailHost[] {
  return hosts
    .toSorted((a, b) => a.preference - b.preference || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_MAIL_HOSTS)
    .map((host) => ({ host, rank: random() }))
    .toSorted((a, b) => a.host.preference - b.host.preference || a.rank - b.rank)
    .map(({ host }) => host);
}
