import { VOLUME_RANGES, type BounceRate, type VolumeRange } from '@postern/admin-contract';

/** How long a bar of the chart is: of weeks a day at least, since what is kept by hours is many times as much to add up. */
export function stepOf(range: VolumeRange): number {
  const { seconds, stepSeconds } = VOLUME_RANGES[range];
  return seconds > 8 * 86_400 ? Math.max(stepSeconds, 86_400) : stepSeconds;
}

/** By what bounces are told apart, and the term of a search that finds the messages of each. */
export const BY = {
  class: { word: 'Class', many: 'classes', term: 'class' },
  site: { word: 'Site', many: 'sites', term: 'site' },
  credential: { word: 'Credential', many: 'credentials', term: 'credential' },
  network: { word: 'Listed network', many: 'listed networks', term: 'network' },
  domain: { word: 'Sender domain', many: 'sender domains', term: 'from' },
  source: { word: 'Source', many: 'sources', term: undefined },
} as const;
export type By = keyof typeof BY;

/** What is counted. */
export const MEASURES = {
  failed: {
    word: 'Failed',
    says: 'bounced, expired, or returned later',
    of: (rate: Counts) => rate.bounced + rate.expired + rate.returned,
    state: 'state:bounced',
  },
  deferred: { word: 'Deferred', says: 'deferred, each time', of: (rate: Counts) => rate.deferred, state: undefined },
  complained: { word: 'Complained', says: 'complaints', of: (rate: Counts) => rate.complained, state: undefined },
} as const;
export type Measure = keyof typeof MEASURES;

type Counts = Omit<BounceRate, 'key' | 'fault'>;

/** What a key is called: classes without their underscores, what is not known as such, the rest together. */
export function keyWord(key: string | null, by: By): string {
  if (key === null) return 'all others';
  if (key === '') return by === 'class' ? 'not classified' : by === 'source' ? "the system's choice" : 'none';
  return by === 'class' ? key.replaceAll('_', ' ') : key;
}

/** The address of a search for the messages of a key, accepted in a time; undefined where no term finds them. */
export function messagesOf(
  key: string | null,
  which: { readonly by: By; readonly measure: Measure; readonly since: Date; readonly before?: Date },
): string | undefined {
  const { term } = BY[which.by];
  if (!key || term === undefined) return undefined;
  const value = which.by === 'domain' ? `@${key}` : key;
  const { state } = MEASURES[which.measure];
  const terms = [
    `${term}:${/[\s"]/.test(value) ? JSON.stringify(value) : value}`,
    // A class says by itself that an attempt failed.
    ...(state && which.by !== 'class' ? [state] : []),
    `since:${minuteOf(which.since)}`,
    ...(which.before ? [`before:${minuteOf(which.before)}`] : []),
  ];
  return `/messages?q=${encodeURIComponent(terms.join(' '))}`;
}

function minuteOf(at: Date): string {
  return `${at.toISOString().slice(0, 16)}:00Z`;
}
