import type { ReturnedReport } from '@postern/admin-contract';
import type { Tone } from '@postern/console-ui';

/** What came back, in words. */
export const KIND_WORDS = {
  dsn: 'a delivery report',
  feedback: 'a complaint',
  other: 'something else',
} as const satisfies Record<ReturnedReport['kind'], string>;

/** What came of it: in a word for the table, and in words for a choice. */
export const EFFECT_WORDS = {
  suppressed: { word: 'suppressed', says: 'The address is suppressed', tone: 'bad' },
  told: { word: 'sender told', says: 'The sender was told', tone: 'wait' },
  counted: { word: 'counted', says: 'Counted only', tone: 'move' },
  repeated: { word: 'said before', says: 'An earlier one said so', tone: 'idle' },
  none: { word: 'nothing', says: 'Nothing came of it', tone: 'idle' },
} as const satisfies Record<ReturnedReport['effect'], { word: string; says: string; tone: Tone }>;

/** What a report says happened: `failed 5.1.1`, `abuse`; empty where it says nothing that is understood. */
export function saysOf({ kind, action, status, feedbackType }: ReturnedReport): string {
  if (kind === 'feedback') return feedbackType ?? '';
  return [action, status].filter(Boolean).join(' ');
}
