import type { Resolver } from '@postern/dns';
import { namesHost, readStsPolicy, readStsRecord, type StsPolicy } from '@postern/tls-policy';
import { type CheckLine, fails, informs, passes, unknown, warns } from './check-line.ts';

/** Fetches the policy file of a domain; never rejects. */
export type FetchPolicyFile = (
  domain: string,
) => Promise<
  | { readonly kind: 'fetched'; readonly text: string }
  | { readonly kind: 'failed'; readonly fault: { readonly because: string } }
>;

const ABOUT = { id: 'mta-sts', about: 'MTA-STS' };

/** What senders of mail to the domain make of its MTA-STS policy (RFC 8461): its bounces and replies come that way. */
export async function checkMtaSts(
  domain: string,
  { resolver, fetchPolicy }: { readonly resolver: Pick<Resolver, 'txt' | 'mx'>; readonly fetchPolicy: FetchPolicyFile },
): Promise<CheckLine> {
  const name = `_mta-sts.${domain}`;
  const answer = await resolver.txt(name);
  if (answer.kind === 'failed') return unknown(ABOUT, `${name} TXT`);
  const texts = answer.kind === 'found' ? answer.records : [];
  const record = readStsRecord(texts);
  if (record.kind === 'none') {
    if (!texts.some((text) => /^v=STSv/i.test(text))) return informs(ABOUT, `No record at ${name}`);
    return warns(ABOUT, {
      found: `The record at ${name} does not count: ${record.because}`,
      effect: 'Mail to the domain, its bounces among it, may travel in clear',
      remedy: `Publish ${name} TXT "v=STSv1; id=1"`,
    });
  }
  const fetched = await fetchPolicy(domain);
  const at = `https://mta-sts.${domain}/.well-known/mta-sts.txt`;
  const useless = {
    effect: 'Senders that know no policy yet send without one; those that know one keep to it until it ends',
    remedy: `Serve the policy at ${at} as text/plain, with a certificate for mta-sts.${domain}`,
  };
  if (fetched.kind === 'failed')
    return warns(ABOUT, { found: `id=${record.id}, and ${at} cannot be had: ${fetched.fault.because}`, ...useless });
  const reading = readStsPolicy(fetched.text);
  if (reading.kind === 'invalid')
    return warns(ABOUT, { found: `id=${record.id}, and the policy is wrong: ${reading.because}`, ...useless });
  return againstHosts(domain, { id: record.id, policy: reading.policy, resolver });
}

async function againstHosts(
  domain: string,
  {
    id,
    policy,
    resolver,
  }: { readonly id: string; readonly policy: StsPolicy; readonly resolver: Pick<Resolver, 'mx'> },
): Promise<CheckLine> {
  const found = `mode ${policy.mode}, id=${id}, for ${policy.maxAgeSeconds} s${policy.mx.length > 0 ? `, mx ${policy.mx.slice(0, 5).join(' ')}` : ''}`;
  if (policy.mode === 'none') return informs(ABOUT, found);
  const hosts = await resolver.mx(domain);
  if (hosts.kind !== 'found') return informs(ABOUT, found);
  const stranger = hosts.records.map(({ exchange }) => exchange).find((exchange) => !namesHost(policy, exchange));
  if (stranger !== undefined) {
    const said = {
      found: `${found}; it does not name the mail host ${stranger}`,
      effect: 'Senders that keep to the policy deliver nothing to that host: bounces and replies are lost',
      remedy: `Add "mx: ${stranger}" to the policy, and change the id of the record`,
    };
    return policy.mode === 'enforce' ? fails(ABOUT, said) : warns(ABOUT, said);
  }
  return policy.mode === 'enforce' ? passes(ABOUT, found) : informs(ABOUT, found);
}
