import { type CheckLine, chooseSigningDomain, type KnownSendingDomain } from '@postern/sending-domain';
import { about } from './machine-lines.ts';

/** How many domains are looked at; of more than these it is not told. */
const MAX_DOMAINS = 100;

/**
 * Whether mail of our own is signed: DSNs and TLS reports are from the host name. Receivers of TLS reports may ignore one that is
 * not signed (RFC 8460 §3). Where there is no sending domain at all, that is told, and this is not.
 */
export function ownMailLines(domains: readonly KnownSendingDomain[], hostname: string): readonly CheckLine[] {
  if (domains.length === 0) return [];
  const line = about('own-mail', 'DSNs and TLS reports');
  const signing = chooseSigningDomain(hostname, domains, [{ kind: 'any' }]);
  if (signing?.keys.some(({ state }) => state === 'active')) return [line('pass', `are signed by ${signing.name}`)];
  if (!signing && domains.length >= MAX_DOMAINS) return [];
  return [
    line(
      'warn',
      signing ? `${signing.name} has no active key` : `No sending domain covers ${hostname}, from which they are`,
      'They leave unsigned: receivers of TLS reports may ignore them, and DSNs look like spam',
      signing ? `postern domain rotate-key ${signing.name}` : `postern domain add ${hostname}`,
    ),
  ];
}
