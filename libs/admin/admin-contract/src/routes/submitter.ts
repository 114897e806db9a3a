import { z } from 'zod';
import { instant, reason } from '../shapes.ts';

/** What credentials and listed networks have in common. */

const count = z.int().min(1).max(2_000_000_000).nullable();

/** How much may be submitted; null is not limited. Rates hold in any stretch of that length, over all processes. */
export const submitterLimits = z
  .object({
    messagesPerMinute: count,
    messagesPerHour: count,
    messagesPerDay: count,
    recipientsPerMinute: count,
    recipientsPerHour: count,
    recipientsPerDay: count,
    /** Octets of one message. */
    maxMessageOctets: count,
    /** Recipients of one message. */
    maxRecipients: count,
    /** Sessions open at the same time. */
    maxSessions: count,
  })
  .meta({ id: 'SubmitterLimits' });
export type SubmitterLimits = z.output<typeof submitterLimits>;

export const GUARD_MODES = ['off', 'observe', 'hold'] as const;

const factor = z.number().min(1).max(1_000_000);
const floor = z.int().min(0).max(2_000_000_000);

/** When the abuse guard takes what is sent for a strong departure from what it has learned. */
export const guardThresholds = z
  .object({
    /** Hours in which it has sent before anything is judged. */
    learnHours: z.int().min(0).max(2_000),
    /** Recipients in an hour: so many times the most in an hour learned, and never fewer than the floor. */
    volumeFactor: factor,
    volumeFloor: floor,
    /** New recipient domains in an hour: the same. */
    newDomainsFactor: factor,
    newDomainsFloor: floor,
    /** Recipients in an hour of messages from networks that are new to it. */
    newNetworkFloor: floor,
    /** Bounced of every hundred recipients that ended lately, and how many must have ended for that to count. */
    bouncePercent: z.number().min(1).max(100),
    bounceFloor: floor,
  })
  .meta({ id: 'GuardThresholds' });

/** The abuse guard of one submitter. */
export const guard = z
  .object({
    mode: z.enum(GUARD_MODES),
    thresholds: guardThresholds,
    /** Since when its new mail is held; null while it is not. */
    heldSince: instant.nullable(),
    /** When an operator last said that what it sends is as it should be. */
    releasedAt: instant.nullable(),
  })
  .meta({ id: 'Guard' });

/** What a view of a credential or a listed network shows of its settings. */
export const submitterView = {
  note: z.string().nullable(),
  owner: z.string().nullable(),
  /** A word that routes can choose its mail by. */
  tag: z.string().nullable(),
  /** The name of the route that all of its mail takes. */
  route: z.string().nullable(),
  limits: submitterLimits,
  guard,
  lastUsedAt: instant.nullable(),
  lastUsedFrom: z.string().nullable(),
  /** The version of TLS at its last use; null in clear. */
  lastUsedTls: z.string().nullable(),
};

/** The fields of a view that are settings, and not what happened. */
export const SETTINGS = ['note', 'owner', 'tag', 'route', 'limits', 'guard'] as const;

/** What releasing a submitter whose new mail is held wants to know. */
export const releaseBody = z.object({
  reason: reason.optional(),
  /** Whether the mail that was held goes on, or stays held. */
  mail: z.enum(['release', 'keep']).default('release'),
});

/** How many held recipients go on. */
export const releasedMail = z.object({ recipients: z.int().nonnegative() }).meta({ id: 'ReleasedMail' });
export type ReleasedMail = z.output<typeof releasedMail>;

const line = (most: number) => z.string().trim().min(1).max(most);

/** What a request can set of it; in an update what is left out stays. */
export const submitterSettings = {
  note: line(1_000).nullable().optional(),
  owner: line(200).nullable().optional(),
  tag: line(64).nullable().optional(),
  /** A route's name; null for none. */
  route: line(64).nullable().optional(),
  limits: submitterLimits.partial().strict().optional(),
  guard: z
    .object({ mode: z.enum(GUARD_MODES).optional(), thresholds: guardThresholds.partial().strict().optional() })
    .strict()
    .optional(),
};
