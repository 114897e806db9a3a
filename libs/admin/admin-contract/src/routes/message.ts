import { z } from 'zod';
import { route } from '../route.ts';
import {
  because,
  instant,
  movedRecipients,
  page,
  pageQuery,
  recordedReply,
  rerouting,
  toldClass,
  sorted,
} from '../shapes.ts';
import { recipientState } from './ledger.ts';
import { queueName } from './queue.ts';

const count = z.int().nonnegative();

/** A message as a list shows it. */
export const messageSummary = z
  .object({
    id: z.string(),
    acceptedAt: instant,
    /** Empty for the null reverse-path. */
    reversePath: z.string(),
    headerFrom: z.string(),
    subject: z.string(),
    sizeOctets: count,
    listener: z.enum(['submission', 'submissions', 'relay', 'internal']),
    credential: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** The first forward-path, and how many recipients there are, by state (states that none is in are left out). */
    firstForwardPath: z.string(),
    recipients: z.object({ total: count, states: z.partialRecord(recipientState, count) }),
  })
  .meta({ id: 'MessageSummary' });
export type MessageSummary = z.output<typeof messageSummary>;

/** One recipient of a message. */
export const recipient = z
  .object({
    id: z.string(),
    forwardPath: z.string(),
    domain: z.string(),
    state: recipientState,
    queue: queueName,
    /** How many attempts were made. */
    attempts: count,
    /** When the next attempt is due; null when there will be none. */
    dueAt: instant.nullable(),
    endedAt: instant.nullable(),
    /** The remote's final reply was lost once: it may have the message already. */
    maybeDelivered: z.boolean(),
    /** Of what the sender wants to hear: `NEVER`, or some of `SUCCESS,FAILURE,DELAY` (RFC 3461 §4.1); null when it did not say. */
    notify: z.string().nullable(),
    /** The original recipient as the sender gave it, with its address type (RFC 3461 §4.2). */
    orcpt: z.string().nullable(),
    lastReply: recordedReply.nullable(),
    /** Null where nothing failed, or nobody said why. */
    bounce: toldClass.nullable(),
  })
  .meta({ id: 'Recipient' });
export type Recipient = z.output<typeof recipient>;

/** One delivery attempt for one recipient. */
/** The policies that were found for a channel, which applied, what the host showed, and the verdict. */
export const recordedChannel = z
  .object({
    found: z.object({
      dane: z.string().optional(),
      mtaSts: z.string().optional(),
      local: z.string().optional(),
      sender: z.string().optional(),
    }),
    applied: z.string(),
    demanded: z.string(),
    verdict: z.enum(['pass', 'fail']),
    /** RFC 8460 §4.3. */
    resultType: z.string().optional(),
    because: z.string(),
    certificate: z
      .object({
        subject: z.string(),
        issuer: z.string(),
        names: z.array(z.string()),
        validFrom: z.string(),
        validTo: z.string(),
        fingerprintSha256: z.string(),
        publicKeySha256: z.string().optional(),
      })
      .optional(),
  })
  .meta({ id: 'RecordedChannel' });

export const attempt = z
  .object({
    id: z.string(),
    recipientId: z.string(),
    forwardPath: z.string(),
    attempt: z.int().positive(),
    startedAt: instant,
    durationMs: z.number().nonnegative(),
    stepsMs: z.record(z.string(), z.number()),
    stage: z.string(),
    outcome: z.enum(['delivered', 'deferred', 'bounced', 'expired']),
    /** Null where nothing failed, or nobody said why. */
    bounce: toldClass.nullable(),
    host: z.string().nullable(),
    address: z.string().nullable(),
    reply: recordedReply,
    tls: z
      .object({
        /** `none`: nothing was encrypted, and `failure` says why. */
        protocol: z.string(),
        cipher: z.string(),
        verified: z.boolean(),
        certificate: z.string().nullable(),
        failure: z.string().nullable(),
      })
      .nullable(),
    policy: z.string(),
    /** The source that it was made from; null where the system chose. */
    source: z.string().nullable(),
    channel: recordedChannel.nullable(),
  })
  .meta({ id: 'Attempt' });
export type Attempt = z.output<typeof attempt>;

/** What a client asked for a message with parameters of MAIL: DSN, REQUIRETLS, MT-PRIORITY, DELIVERBY, FUTURERELEASE. */
export const messageRequests = z
  .object({
    ret: z.enum(['FULL', 'HDRS']).nullable(),
    envid: z.string().nullable(),
    /** True: REQUIRETLS; false: `TLS-Required: No`, TLS policies are left aside (RFC 8689); null when nothing was said. */
    requireTls: z.boolean().nullable(),
    priority: z.int().min(-9).max(9),
    /** By when, and what happens otherwise: `R` returns the message, `N` tells the sender. */
    deliverBy: z.object({ at: instant, mode: z.enum(['R', 'N']), trace: z.boolean() }).nullable(),
    /** No recipient is attempted before. */
    releaseAt: instant.nullable(),
  })
  .meta({ id: 'MessageRequests' });

/** A message opened: its origin, and the first page of its recipients and of its attempts (the latest first). */
export const messageDetail = messageSummary
  .extend({
    messageIdField: z.string(),
    body: z.enum(['7BIT', '8BITMIME']),
    smtpUtf8: z.boolean(),
    /** What the client asked for with parameters of MAIL; null when it asked for nothing. */
    requests: messageRequests.nullable(),
    clientAddress: z.string(),
    clientName: z.string(),
    tls: z.object({ protocol: z.string(), cipher: z.string() }).nullable(),
    network: z.object({ id: z.string(), cidr: z.string() }).nullable(),
    /** Whether the content is still stored. */
    contentKept: z.boolean(),
    recipientPage: page(recipient),
    attemptPage: page(attempt),
  })
  .meta({ id: 'MessageDetail' });
export type MessageDetail = z.output<typeof messageDetail>;

const tag = 'Messages';
const params = z.object({ id: z.uuid() });

export const MESSAGE_ROUTES = {
  findMessages: route({
    method: 'GET',
    path: '/api/v1/messages',
    tag,
    summary: 'Find messages, the latest first, or the oldest',
    permission: 'messages:read',
    query: pageQuery.extend({
      /** The query language: `state:deferred to:@example.com`. */
      q: z.string().max(1000).optional(),
      ...sorted(['accepted'], 'descending'),
    }),
    status: 200,
    response: page(messageSummary).extend({
      /**
       * Set when the page is not full because the search stopped here for now: nothing behind it was looked at yet, and
       * `nextCursor` goes on.
       */
      searchedBackTo: instant.nullable(),
    }),
    problems: [],
  }),
  showMessage: route({
    method: 'GET',
    path: '/api/v1/messages/{id}',
    tag,
    summary: 'One message with its recipients and delivery attempts',
    permission: 'messages:read',
    params,
    status: 200,
    response: messageDetail,
    problems: ['not-found'],
  }),
  listRecipients: route({
    method: 'GET',
    path: '/api/v1/messages/{id}/recipients',
    tag,
    summary: 'Recipients of a message',
    permission: 'messages:read',
    params,
    query: pageQuery,
    status: 200,
    response: page(recipient),
    problems: ['not-found'],
  }),
  listAttempts: route({
    method: 'GET',
    path: '/api/v1/messages/{id}/attempts',
    tag,
    summary: 'Delivery attempts of a message, the latest first',
    permission: 'messages:read',
    params,
    query: pageQuery.extend({
      recipient: z
        .string()
        .regex(/^[0-9a-f-]{36}\.[0-9]{1,5}$/)
        .optional(),
    }),
    status: 200,
    response: page(attempt),
    problems: ['not-found'],
  }),
  holdMessage: command('hold', 'Hold a message: its waiting recipients are not sent until it is released'),
  releaseMessage: command('release', 'Release a held message'),
  cancelMessage: command('cancel', 'Cancel a message: its waiting recipients are never sent'),
  retryMessage: command('retry', 'Make the deferred recipients of a message due now'),
  bounceMessage: command('bounce', 'Return a message: its waiting recipients have failed for good'),
  expireMessage: command('expire', 'Give a message up: its waiting recipients have expired'),
  rerouteMessage: route({
    method: 'POST',
    path: '/api/v1/messages/{id}/reroute',
    tag,
    summary: 'Send the waiting recipients of a message by a route, or look up anew where they go',
    permission: 'messages:command',
    params,
    body: because.extend(rerouting),
    status: 200,
    response: movedRecipients,
    problems: ['not-found', 'conflict'],
  }),
};

function command<const Verb extends string>(verb: Verb, summary: string) {
  return route({
    method: 'POST',
    path: `/api/v1/messages/{id}/${verb}`,
    tag,
    summary,
    permission: 'messages:command',
    params,
    body: because,
    status: 200,
    response: movedRecipients,
    problems: ['not-found', 'conflict'],
  });
}
