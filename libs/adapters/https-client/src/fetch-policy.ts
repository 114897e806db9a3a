import type { Resolver } from '@postern/dns';
import type { FetchedPolicy, PolicyFetcher } from '@postern/destination-policy';
import { exchange, type HttpsEnd, type HttpsSettings } from './exchange.ts';

/** RFC 8461 §3.3: a policy host that sends more than this has no policy. */
const MAX_POLICY_OCTETS = 64 * 1024;
/** RFC 8461 §3.3: a minute is suggested; mail that waits for the first fetch should not wait that long. */
const DEADLINE_MS = 20_000;

export interface PolicyFetcherOptions extends HttpsSettings {
  readonly resolver: Pick<Resolver, 'addresses'>;
  /** The port of policy hosts, 443 but in a laboratory. */
  readonly port?: number;
  readonly deadlineMs?: number;
}

/**
 * Fetches policies from `https://mta-sts.<domain>/.well-known/mta-sts.txt` (RFC 8461 §3.3): a certificate for that name
 * by a trusted authority, status 200 and no other (a redirect is a failed fetch, not a place to look), `text/plain`,
 * 64 KiB at most, all within the deadline, and no cache between.
 */
export function policyFetcher(options: PolicyFetcherOptions): PolicyFetcher {
  return {
    async fetch(domain) {
      const host = `mta-sts.${domain}`;
      const end = await exchange(
        {
          method: 'GET',
          host,
          port: options.port ?? 443,
          path: '/.well-known/mta-sts.txt',
          headers: { accept: 'text/plain' },
          maxOctets: MAX_POLICY_OCTETS,
          deadlineMs: options.deadlineMs ?? DEADLINE_MS,
        },
        options,
      );
      return judged(end);
    },
  };
}

function judged(end: HttpsEnd): FetchedPolicy {
  if (end.kind === 'failed') {
    const resultType = end.fault === 'certificate' ? 'sts-webpki-invalid' : 'sts-policy-fetch-error';
    return { kind: 'failed', fault: { resultType, because: end.because } };
  }
  if (end.status !== 200) return fetchError(`the policy host answered ${end.status}`);
  const type = (end.contentType ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'text/plain') return fetchError(`the policy host sent ${type || 'no content type'}, not text/plain`);
  if (end.contentEncoding !== undefined && end.contentEncoding !== 'identity')
    return fetchError(`the policy host sent it encoded as ${end.contentEncoding.slice(0, 40)}`);
  return { kind: 'fetched', text: end.body.toString('utf8') };
}

function fetchError(because: string): FetchedPolicy {
  return { kind: 'failed', fault: { resultType: 'sts-policy-fetch-error', because } };
}
