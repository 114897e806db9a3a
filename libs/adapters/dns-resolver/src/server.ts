import { specialUse } from '@postern/dns';

/** A recursive resolver that questions are sent to. */
export interface Server {
  readonly address: string;
  readonly port: number;
}

/** Whose AD bit is believed: that of resolvers on loopback, everyone's, nobody's. */
export type TrustAd = 'auto' | 'yes' | 'no';

/**
 * Whether a server's AD bit is believed. What comes from another machine may have been changed on its way, or set by somebody
 * who never validated anything (RFC 4035 §4.9.3, RFC 7672 §2.1.1).
 */
export function believesAd(server: Server, trustAd: TrustAd): boolean {
  return trustAd === 'auto' ? specialUse(server.address) === 'loopback' : trustAd === 'yes';
}

/**
 * The servers to ask. Where some are believed, only those: a question that a validating resolver will not answer, because
 * somebody tampers with the answer or keeps it away, must not be put to one that does not look.
 */
export function serversToAsk(servers: readonly Server[], trustAd: TrustAd): readonly Server[] {
  const believed = servers.filter((server) => believesAd(server, trustAd));
  return believed.length > 0 ? believed : servers;
}

export function showServer({ address, port }: Server): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
