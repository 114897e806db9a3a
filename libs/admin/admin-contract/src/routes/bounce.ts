import { z } from 'zod';
import { route } from '../route.ts';
import { instant, page, pageQuery, reason, sorted } from '../shapes.ts';

const percent = z.number().positive().max(100);
/** When bounces and complaints are too many: in every hundred recipients that ended in an hour or a day, of at least `floor`. */
const rateThresholds = z.object({
  bounceWarning: percent,
  bounceCritical: percent,
  complaintWarning: percent,
  complaintCritical: percent,
  floor: z.int().min(1).max(1_000_000),
});

/** How bounces of a credential's mail are dealt with. */
export const bounceSettings = z
  .object({
    /** To whom DSNs go: `reverse-path`, `off`, or an address. */
    dsn: z.string(),
    /** What becomes of a suppressed recipient: it is accepted and recorded as suppressed, or refused at RCPT. */
    suppressed: z.enum(['record', 'refuse']),
    /** Whether its messages leave with signed return-paths of ours, so that what comes back is known. */
    signedPaths: z.boolean(),
    /** Its new mail is held when its bounces or complaints pass a threshold: at a warning, when critical, or never. */
    hold: z.enum(['off', 'warning', 'critical']),
    thresholds: rateThresholds,
  })
  .meta({ id: 'BounceSettings' });
export type BounceSettings = z.output<typeof bounceSettings>;

const outcomes = {
  delivered: z.int(),
  deferred: z.int(),
  bounced: z.int(),
  expired: z.int(),
  /** Bounced after they had been delivered: a report came back to a signed return-path. */
  returned: z.int(),
  complained: z.int(),
};

/** How many recipients ended in which way, by what was asked. */
export const bounceRate = z
  .object({
    /** The class, site, credential, listed network, sender domain, source or instant. */
    key: z.string(),
    /** Of a class: whose fault it is; null of anything else. */
    fault: z.enum(['recipient', 'ours', 'theirs']).nullable(),
    ...outcomes,
  })
  .meta({ id: 'BounceRate' });
export type BounceRate = z.output<typeof bounceRate>;

/** How recipients of one class, site, credential, listed network, sender domain or source ended, over time. */
export const bounceSeries = z
  .object({
    /** Null: all that are not among those that failed most. Empty: none was known (of classes: delivered). */
    key: z.string().nullable(),
    /** Of a class: whose fault it is; null of anything else. */
    fault: z.enum(['recipient', 'ours', 'theirs']).nullable(),
    ...outcomes,
    /** Buckets in which something ended, the oldest first. */
    points: z.array(z.object({ at: instant, ...outcomes })),
  })
  .meta({ id: 'BounceSeries' });
export type BounceSeries = z.output<typeof bounceSeries>;

export const bounceHistory = z
  .object({
    /** How long a bucket is. */
    span: z.enum(['minute', 'hour', 'day']),
    since: instant,
    until: instant,
    /** Those that failed most first; all others together last. */
    items: z.array(bounceSeries),
  })
  .meta({ id: 'BounceHistory' });
export type BounceHistory = z.output<typeof bounceHistory>;

export const RETURNED_KINDS = ['dsn', 'feedback', 'other'] as const;
export const RETURNED_EFFECTS = ['told', 'counted', 'suppressed', 'repeated', 'none'] as const;

/** What came back to a signed return-path: a DSN, a complaint, or what could not be read as either. */
export const returnedReport = z
  .object({
    id: z.string(),
    receivedAt: instant,
    messageId: z.string(),
    /** The recipient of the message that it is tied to; null: it names none, and the message had several. */
    recipient: z.string().nullable(),
    kind: z.enum(RETURNED_KINDS),
    /** Whom it is about, as it says itself. */
    named: z.string().nullable(),
    action: z.string().nullable(),
    status: z.string().nullable(),
    diagnostic: z.string().nullable(),
    feedbackType: z.string().nullable(),
    class: z.string().nullable(),
    /** The host that wrote it, as it says itself, and the address that it came from. */
    reportingMta: z.string().nullable(),
    clientAddress: z.string(),
    /**
     * What came of it: `told` (it counts in the rates, and the sender was told), `counted`, `suppressed` (the same, and the
     * address is not sent to any more), `repeated` (an earlier one said so), or `none`.
     */
    effect: z.enum(RETURNED_EFFECTS),
  })
  .meta({ id: 'ReturnedReport' });
export type ReturnedReport = z.output<typeof returnedReport>;

const tag = 'Bounces';
const params = z.object({ credential: z.string().min(1).max(64) });
export const rateFilter = {
  since: instant.optional(),
  until: instant.optional(),
  credential: z.string().min(1).max(64).optional(),
  network: z.string().min(2).max(49).optional(),
  domain: z.string().min(1).max(253).optional(),
  queue: z.string().min(1).max(1_000).optional(),
  class: z.string().min(1).max(40).optional(),
  source: z.string().min(1).max(64).optional(),
};

export const BOUNCE_ROUTES = {
  showBounceSettings: route({
    method: 'GET',
    path: '/api/v1/credentials/{credential}/bounces',
    tag,
    summary: 'How bounces of a credential are dealt with',
    permission: 'credentials:read',
    params,
    status: 200,
    response: bounceSettings,
    version: ['dsn', 'suppressed', 'signedPaths', 'hold', 'thresholds'],
    audited: 'credential.bounces',
    problems: ['not-found'],
  }),
  updateBounceSettings: route({
    method: 'POST',
    changes: 'showBounceSettings',
    path: '/api/v1/credentials/{credential}/bounces',
    tag,
    summary: 'Change how bounces of a credential are dealt with; what is left out stays',
    permission: 'credentials:write',
    params,
    body: z.object({
      dsn: z.string().trim().min(3).max(320).optional(),
      suppressed: z.enum(['record', 'refuse']).optional(),
      signedPaths: z.boolean().optional(),
      hold: z.enum(['off', 'warning', 'critical']).optional(),
      /** Those that are named are changed. */
      thresholds: rateThresholds.partial().strict().optional(),
      reason: reason.optional(),
    }),
    status: 200,
    response: bounceSettings,
    problems: ['not-found'],
  }),
  bounceRates: route({
    method: 'GET',
    path: '/api/v1/bounces/rates',
    tag,
    summary: 'How many recipients were delivered, deferred, bounced by class, and complained, over a time',
    permission: 'bounces:read',
    query: z.object({
      by: z.enum(['class', 'site', 'credential', 'network', 'domain', 'source', 'time']).default('class'),
      ...rateFilter,
    }),
    status: 200,
    response: z.object({ items: z.array(bounceRate) }).meta({ id: 'BounceRates' }),
    problems: ['not-found'],
  }),
  bounceHistory: route({
    method: 'GET',
    path: '/api/v1/bounces/history',
    tag,
    summary:
      'The same in buckets of time, for each class, site, credential, listed network, sender domain or source that failed most',
    permission: 'bounces:read',
    query: z.object({
      by: z.enum(['class', 'site', 'credential', 'network', 'domain', 'source']).default('class'),
      ...rateFilter,
      /** How long a bucket is; without it as fine as is of use. Minutes are kept for two days, hours for ninety. */
      span: z.enum(['minute', 'hour', 'day']).optional(),
      limit: z.coerce.number<number>().int().min(1).max(50).default(10),
    }),
    status: 200,
    response: bounceHistory,
    problems: ['not-found'],
  }),
  listReturnedReports: route({
    method: 'GET',
    path: '/api/v1/bounces/returned',
    tag,
    summary: 'What came back to signed return-paths, the latest first, and what it was tied to',
    permission: 'bounces:read',
    query: pageQuery.extend({
      message: z.uuid().optional(),
      kind: z.enum(RETURNED_KINDS).optional(),
      effect: z.enum(RETURNED_EFFECTS).optional(),
      ...sorted(['received'], 'descending'),
    }),
    status: 200,
    response: page(returnedReport),
    problems: [],
  }),
};
