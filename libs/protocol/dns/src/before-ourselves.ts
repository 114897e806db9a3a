import type { MailHost } from './mail-hosts.ts';

/**
 * The mail hosts that are better than we are. When we are one of a domain's mail hosts, those of our preference and of
 * higher numbers are not for us to use, or mail would go in circles (RFC 5321 §5.1); nothing left means a loop (5.4.6).
 */
export function beforeOurselves(hosts: readonly MailHost[], ourNames: readonly string[]): readonly MailHost[] {
  const ours = new Set(ourNames.map((name) => name.toLowerCase().replace(/\.$/, '')));
  const limit = Math.min(...hosts.filter(({ name }) => ours.has(name)).map(({ preference }) => preference));
  return hosts.filter(({ preference }) => preference < limit);
}
