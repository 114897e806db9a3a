import type { ClaimedRecipient } from '@postern/queue';
import type { Parcel } from './send.ts';

/** What one transaction may hold (RFC 9422 §4). */
export interface Fit {
  readonly rcptMax?: number;
  /** Different recipient domains in one transaction. */
  readonly rcptDomainMax?: number;
}

/** Cuts a parcel into parcels that fit, in the order of its recipients; the parcel itself where it fits as it is. */
export function cutToFit(parcel: Parcel, { rcptMax = Infinity, rcptDomainMax = Infinity }: Fit): readonly Parcel[] {
  const { recipients } = parcel;
  if (recipients.length <= Math.min(rcptMax, rcptDomainMax)) return recipients.length === 0 ? [] : [parcel];
  const parts: ClaimedRecipient[][] = [];
  let domains = new Set<string>();
  for (const recipient of recipients) {
    let part = parts.at(-1);
    const fits = part && part.length < rcptMax && (domains.has(recipient.domain) || domains.size < rcptDomainMax);
    if (!part || !fits) {
      part = [];
      parts.push(part);
      domains = new Set();
    }
    part.push(recipient);
    domains.add(recipient.domain);
  }
  return parts.map((part) => ({ ...parcel, recipients: part }));
}
