/** What a delivery demands of the channel to a mail host, and which policy says so. */
export type ChannelDemand =
  /** TLS where the host offers it, unverified; in clear where it does not, or where TLS fails (RFC 7435, RFC 3207 §4). */
  | { readonly kind: 'opportunistic' }
  /** TLS, unverified; never in clear. */
  | { readonly kind: 'encrypted'; readonly because: string }
  /** TLS with a certificate that a trusted authority gave to one of these names; never otherwise. */
  | { readonly kind: 'verified'; readonly names: readonly string[]; readonly because: string }
  /** No TLS, even where it is offered. */
  | { readonly kind: 'clear'; readonly because: string };

/** The demand in a few words, for the attempt's record: `opportunistic`, `verified: route smarthost`. */
export function describeDemand(demand: ChannelDemand): string {
  return demand.kind === 'opportunistic' ? demand.kind : `${demand.kind}: ${demand.because}`;
}
