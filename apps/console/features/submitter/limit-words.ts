import type { SubmitterLimits } from '@postern/admin-contract';

export type LimitName = keyof SubmitterLimits;

/** What each limit is called. */
export const LIMIT_WORDS: readonly { readonly name: LimitName; readonly word: string }[] = [
  { name: 'messagesPerMinute', word: 'Messages a minute' },
  { name: 'messagesPerHour', word: 'Messages an hour' },
  { name: 'messagesPerDay', word: 'Messages a day' },
  { name: 'recipientsPerMinute', word: 'Recipients a minute' },
  { name: 'recipientsPerHour', word: 'Recipients an hour' },
  { name: 'recipientsPerDay', word: 'Recipients a day' },
  { name: 'maxSessions', word: 'Sessions at a time' },
  { name: 'maxRecipients', word: 'Recipients of one message' },
  { name: 'maxMessageOctets', word: 'Octets of one message' },
];
