import type { GuardThresholds } from './guard-settings.ts';
import type { Bounces, Hour, Learned } from './guard-store.ts';

/**
 * In what a submitter departs strongly from what was learned of it; empty when in nothing, or when too little was learned.
 *
 * Each is a sentence for an operator. Nothing is judged before it has sent in `learnHours` hours: until then everything is new.
 */
export function departures(
  { hour, learned }: { readonly hour: Hour; readonly learned: Learned },
  thresholds: GuardThresholds,
): readonly string[] {
  if (learned.hours < thresholds.learnHours) return [];
  const { volumeFactor, volumeFloor, newDomainsFactor, newDomainsFloor, newNetworkFloor } = thresholds;
  const reasons: string[] = [];
  if (hour.recipients > Math.max(volumeFloor, volumeFactor * learned.mostRecipients))
    reasons.push(`${hour.recipients} recipients within an hour; it was never more than ${learned.mostRecipients}`);
  if (hour.newDomains > Math.max(newDomainsFloor, newDomainsFactor * learned.mostNewDomains))
    reasons.push(
      `${hour.newDomains} new recipient domains within an hour; it was never more than ${learned.mostNewDomains}`,
    );
  if (hour.fromNewNetwork > newNetworkFloor)
    reasons.push(`${hour.fromNewNetwork} recipients within an hour from networks that it was not used from before`);
  return reasons;
}

/** The sentence about bounces; undefined when too few ended, or few enough bounced. */
export function bounceDeparture({ ended, bounced }: Bounces, thresholds: GuardThresholds): string | undefined {
  if (ended < Math.max(1, thresholds.bounceFloor)) return undefined;
  const percent = Math.round((100 * bounced) / ended);
  return percent >= thresholds.bouncePercent ? `${percent} % of its latest ${ended} recipients bounced` : undefined;
}
