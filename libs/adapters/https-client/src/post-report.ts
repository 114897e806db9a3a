import { exchange, type HttpsSettings } from './exchange.ts';

const DEADLINE_MS = 60_000;

/**
 * Posts a TLS report to an https: destination (RFC 8460 §5.4), as guarded as policies are fetched; the answer is why it was
 * not taken, undefined when it was.
 */
export function reportPoster(settings: HttpsSettings): (url: string, gzip: Buffer) => Promise<string | undefined> {
  return async (url, gzip) => {
    if (!URL.canParse(url)) return 'the address is no URL';
    const { protocol, hostname, port, pathname, search } = new URL(url);
    if (protocol !== 'https:') return 'the address is not https:';
    const end = await exchange(
      {
        method: 'POST',
        host: hostname,
        port: port === '' ? 443 : Number(port),
        path: `${pathname}${search}`,
        headers: { 'content-type': 'application/tlsrpt+gzip' },
        body: gzip,
        maxOctets: 64 * 1024,
        deadlineMs: DEADLINE_MS,
      },
      settings,
    );
    if (end.kind === 'failed') return end.because;
    // RFC 8460 §5.4: 2xx is a yes; redirects are not followed.
    return end.status >= 200 && end.status < 300 ? undefined : `${hostname} answered ${end.status}`;
  };
}
