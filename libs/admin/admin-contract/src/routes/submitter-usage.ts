import { z } from 'zod';
import { route } from '../route.ts';
import { instant } from '../shapes.ts';

const count = z.int().nonnegative();

/** How much a submitter uses of its limits now, and what the abuse guard has learned of it. */
export const submitterUsage = z
  .object({
    /** What counts against each limit; null where there is none, since then nothing is counted. */
    used: z.object({
      messagesPerMinute: count.nullable(),
      messagesPerHour: count.nullable(),
      messagesPerDay: count.nullable(),
      recipientsPerMinute: count.nullable(),
      recipientsPerHour: count.nullable(),
      recipientsPerDay: count.nullable(),
      maxSessions: count.nullable(),
    }),
    /** This hour so far. */
    hour: z.object({ messages: count, recipients: count, newDomains: count, fromNewNetwork: count }),
    /** The 28 days before: in how many hours it has sent, and the most in one of them. */
    learned: z.object({ hours: count, mostRecipients: count, mostNewDomains: count }),
    /** Of its latest messages, how many recipients have ended, and how many of those bounced. */
    latest: z.object({ ended: count, bounced: count }),
    /** Recipients that wait or are held. */
    waiting: count,
    /** The networks that it was used from lately, the latest first. */
    networks: z.array(z.object({ network: z.string(), firstAt: instant, lastAt: instant })),
  })
  .meta({ id: 'SubmitterUsage' });
export type SubmitterUsage = z.output<typeof submitterUsage>;

export const SUBMITTER_USAGE_ROUTES = {
  showCredentialUsage: route({
    method: 'GET',
    path: '/api/v1/credentials/{credential}/usage',
    tag: 'Credentials',
    summary: 'What a credential uses of its limits now, and what the abuse guard has learned of it',
    permission: 'credentials:read',
    params: z.object({ credential: z.string().min(1).max(64) }),
    status: 200,
    response: submitterUsage,
    problems: ['not-found'],
  }),
  showNetworkUsage: route({
    method: 'GET',
    path: '/api/v1/networks/{network}/usage',
    tag: 'Listed networks',
    summary: 'What a listed network uses of its limits now, and what the abuse guard has learned of it',
    permission: 'networks:read',
    params: z.object({ network: z.string().min(2).max(49) }),
    status: 200,
    response: submitterUsage,
    problems: ['not-found'],
  }),
};
