import type { Credential } from '@postern/admin-contract';

type Guard = Credential['guard'];

export const GUARD_MODE_SAYS: Readonly<Record<Guard['mode'], string>> = {
  off: 'off: nothing is learned from, and nothing is judged',
  observe: 'observe: a strong departure raises an event',
  hold: 'hold: a strong departure raises an event, and new mail is held',
};

/** What each threshold is called. */
export const THRESHOLD_WORDS: readonly { readonly name: keyof Guard['thresholds']; readonly word: string }[] = [
  { name: 'learnHours', word: 'Hours to learn first' },
  { name: 'volumeFactor', word: 'Recipients: times the most' },
  { name: 'volumeFloor', word: 'and more than' },
  { name: 'newDomainsFactor', word: 'New domains: times the most' },
  { name: 'newDomainsFloor', word: 'and more than' },
  { name: 'newNetworkFloor', word: 'From new networks more than' },
  { name: 'bouncePercent', word: 'Bounced, percent' },
  { name: 'bounceFloor', word: 'once so many ended' },
];
