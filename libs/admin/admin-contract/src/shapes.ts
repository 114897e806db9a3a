import { z } from 'zod';

/** An instant: RFC 3339 in UTC, to the millisecond. The calendar of the store has no year 0. */
export const instant = z.iso
  .datetime()
  .refine((text) => !text.startsWith('0000'), 'Expected a time from the year 1 on');

/** A day of the same calendar. */
export const day = z.iso.date().refine((text) => !text.startsWith('0000'), 'Expected a day from the year 1 on');

/** A reason that a person gives for a command; it goes into the audit. */
export const reason = z.string().trim().min(1).max(500);

/** The body of a command that wants to know why. */
export const because = z.object({ reason: reason.optional() });

/** When a suspension ends; null: not before it is lifted. An hour from now when it is not said. */
export const untilWhen = { until: instant.nullable().optional() };

/** Where recipients are sent instead: a route by its name or id; null: to where the routes and the DNS say now. */
export const rerouting = { route: z.string().min(1).max(64).nullable().default(null) };

/** How many recipients a command moved. */
export const movedRecipients = z.object({ recipients: z.int().nonnegative() }).meta({ id: 'MovedRecipients' });
export type MovedRecipients = z.output<typeof movedRecipients>;

/** What a client asks of a list: where the page before ended, and how many items at most. */
export const pageQuery = z.object({
  cursor: z.string().min(1).max(512).optional(),
  limit: z.coerce.number<number>().int().min(1).max(200).default(50),
});

/** Which way a list goes. */
export const ORDERS = ['ascending', 'descending'] as const;
export type Order = (typeof ORDERS)[number];

/**
 * By which of its fields a list is sorted, and which way; only fields that an index leads through in order, so that the first
 * page of a long list costs as little as that of a short one.
 */
export function sorted<const Keys extends readonly [string, ...string[]]>(keys: Keys, order: Order) {
  return { sort: z.enum(keys).default(first(keys)), order: z.enum(ORDERS).default(order) };
}

/** TypeScript widens the first of many to any of them, which is what the default has to be. */
function first<const Keys extends readonly [string, ...string[]]>(keys: Keys): z.core.util.NoUndefined<Keys[number]> {
  return keys[0] as z.core.util.NoUndefined<Keys[number]>;
}

/** One page of a list; `nextCursor` is null on the last one. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Why a delivery failed, whose fault that is, and which rule says so. */
export const toldClass = z
  .object({
    class: z.string(),
    /** The recipient's address, ours (sender, message, our addresses), or their infrastructure. */
    fault: z.enum(['recipient', 'ours', 'theirs']),
    rule: z.string().nullable(),
  })
  .meta({ id: 'ToldClass' });
export type ToldClass = z.output<typeof toldClass>;

/** A reply as it was recorded: the remote's words verbatim, or ours where no remote spoke. */
export const recordedReply = z
  .object({
    from: z.enum(['remote', 'local']),
    code: z.int(),
    enhanced: z.string().nullable(),
    text: z.string(),
  })
  .meta({ id: 'RecordedReply' });
export type RecordedReply = z.output<typeof recordedReply>;
