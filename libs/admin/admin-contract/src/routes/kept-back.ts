import { z } from 'zod';
import { instant } from '../shapes.ts';

/** What may keep mail of a queue from being sent at once. */
export const KEPT_BACK_BY = [
  /** A stop of everything, also that after a restored database. */
  'everything suspended',
  'queue suspended',
  /** Of a credential, a sender or a recipient domain. */
  'mail suspended',
  'held',
  'rest',
  'sender rests',
  /** Of a pool, no source may be used here and now: they rest, have sent their day's share, or are on no machine. */
  'no source',
  'rate',
  'lanes',
  'no delivery process',
  'deferred',
] as const;

/** One thing that keeps mail of a queue back, in words, and until when. */
export const keptBack = z
  .object({
    by: z.enum(KEPT_BACK_BY),
    says: z.string(),
    /** How many recipients of the queue, where that is known; of very long queues, of those that were looked at. */
    recipients: z.int().nullable(),
    /** Null: not before somebody does something, or when there is room. */
    until: instant.nullable(),
  })
  .meta({ id: 'KeptBack' });
export type KeptBack = z.output<typeof keptBack>;
