import { addressInLiteral, addressLiteralOf, parseDomain } from '@postern/smtp';

export const DOMAIN_PATTERN_RULE = 'a domain example.com, its sub-domains *.example.com, or * for all';

/** Reads which recipient domains a route takes: `example.com`, `*.example.com` or `*`; undefined when it is none of them. */
export function parseDomainPattern(text: string): string | undefined {
  if (text === '*') return text;
  const wild = text.startsWith('*.');
  const domain = parseDomain(wild ? text.slice(2) : text);
  return domain && (wild ? `*.${domain}` : domain);
}

export const UPSTREAM_HOST_RULE = 'a host name smtp.example.com or an IP address';

/** Reads the host of an upstream: a domain, or an IP address without brackets; undefined when it is neither. */
export function parseUpstreamHost(text: string): string | undefined {
  const literal = addressLiteralOf(text);
  return literal ? addressInLiteral(literal) : parseDomain(text);
}
