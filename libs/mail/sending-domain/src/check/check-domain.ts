import type { Resolver } from '@postern/dns';
import { Alignment, type SentMail } from '../dmarc/alignment.ts';
import { spfText } from '../records.ts';
import type { DkimKey, SendingDomain } from '../sending-domain.ts';
import { addressesOf, sourceGroups, type Sources } from '../sources.ts';
import { checkBlockLists } from './check-block-lists.ts';
import { checkDkim } from './check-dkim.ts';
import { checkDmarc } from './check-dmarc.ts';
import { checkAdvice, checkMailHosts } from './check-inbound.ts';
import { type CheckLine, type CheckStatus, worst } from './check-line.ts';
import { checkMtaSts, type FetchPolicyFile } from './check-mta-sts.ts';
import { checkSources } from './check-sources.ts';
import { checkSpf } from './check-spf.ts';
import { patient } from './patient.ts';

export interface DomainCheck {
  readonly status: CheckStatus;
  readonly lines: readonly CheckLine[];
}

export interface CheckWorld {
  readonly resolver: Resolver;
  readonly sources: Sources;
  readonly blockLists: readonly string[];
  readonly fetchPolicy: FetchPolicyFile;
}

/** The longest that a check goes on asking. */
const PATIENCE_MS = 30_000;

/** What the world sees of a sending domain now. */
export async function checkDomain(
  domain: Pick<SendingDomain, 'name' | 'delegatedTo'> & { readonly keys: readonly DkimKey[] },
  { resolver: given, sources, blockLists, fetchPolicy }: CheckWorld,
  sent: readonly SentMail[],
): Promise<DomainCheck> {
  const resolver = patient(given, PATIENCE_MS);
  const [groups, dkim] = await Promise.all([sourceGroups(sources, resolver), checkDkim(domain, resolver)]);
  const addresses = addressesOf(groups);
  const question = {
    sent: sent.map((mail) => asItLeaves(mail, sources)),
    alignment: new Alignment(resolver, addresses),
    signatures: verifies(dkim, domain.keys) ? ('verify' as const) : ('do-not-verify' as const),
  };
  const lines = await Promise.all([
    checkSpf(domain.name, { sources: addresses, advised: spfText(sources) }, resolver),
    checkDmarc(domain.name, question, resolver),
    checkMailHosts(domain.name, resolver).then((line) => [line]),
    bounceHosts(sources, resolver),
    checkSources(groups, resolver),
    checkMtaSts(domain.name, { resolver, fetchPolicy }).then((line) => [line]),
    checkAdvice(domain.name, resolver),
    checkBlockLists(addresses, blockLists, resolver),
  ]);
  const all = [...dkim, ...lines.flat()];
  return { status: worst(all), lines: all };
}

/** Mail of credentials with signed return-paths has those as its reverse-path when it leaves. */
export function asItLeaves(mail: SentMail, { bounceDomain }: Pick<Sources, 'bounceDomain'>): SentMail {
  const signed = mail.signedPath === true && mail.reversePathDomain !== '' && bounceDomain !== undefined;
  return signed ? { ...mail, reversePathDomain: bounceDomain } : mail;
}

/** Whether the signature of one key at least verifies. */
function verifies(lines: readonly CheckLine[], keys: readonly DkimKey[]): boolean {
  const good = new Set(lines.filter(({ status }) => status === 'pass' || status === 'warn').map(({ id }) => id));
  return keys.some(({ state, selector }) => state === 'active' && good.has(`dkim:${selector}`));
}

async function bounceHosts(
  { bounceDomain }: Pick<Sources, 'bounceDomain'>,
  resolver: Pick<Resolver, 'mx' | 'addresses'>,
): Promise<readonly CheckLine[]> {
  if (bounceDomain === undefined) return [];
  const about = { id: `mx:${bounceDomain}`, about: `MX of the return-paths at ${bounceDomain}` };
  return [await checkMailHosts(bounceDomain, resolver, about)];
}
