import { CIPHER_SUITES, type TlsRule } from '@postern/admin-contract';

/** What a channel is demanded to be, as the console says it. */
export const DEMANDS: Readonly<Record<TlsRule['channel'], string>> = {
  none: 'nothing by itself',
  encrypted: 'TLS',
  verified: 'TLS with a certificate for its name',
  dane: 'DANE',
};

/** What a rule demands or allows, in a few words. */
export function demandOf({ channel, minVersion, ciphers, allowExpired }: TlsRule): string {
  const suites =
    ciphers.length === CIPHER_SUITES.length
      ? 'only cipher suites with forward secrecy'
      : ciphers.length > 0
        ? `only the cipher suites ${ciphers.join(', ')}`
        : undefined;
  const parts = [
    channel === 'none' ? undefined : DEMANDS[channel],
    minVersion ? `${minVersion.replace('v', ' ')} or later` : undefined,
    suites,
    allowExpired ? 'an expired certificate will do' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
