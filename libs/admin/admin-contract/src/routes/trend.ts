import { z } from 'zod';
import type { Permission } from '../permission.ts';
import { route } from '../route.ts';
import { instant } from '../shapes.ts';

/** How many hours a trend shows, the one that is under way among them. */
export const TREND_HOURS = 24;
/** As many as a page of a list has at most. */
const MOST_IDS = 200;

const hours = z.array(z.int().nonnegative()).length(TREND_HOURS);

/** How attempts ended lately, hour by hour: of the mail for one delivery queue, or of one credential or listed network. */
export const trend = z
  .object({
    id: z.string(),
    delivered: hours,
    /** Attempts that deferred count each time, recipients that bounced or expired once. */
    troubled: hours,
  })
  .meta({ id: 'Trend' });
export type Trend = z.output<typeof trend>;

export const trends = z
  .object({
    /** When the first hour began. */
    since: instant,
    /** Each id that was asked for, in that order; where nothing ended there are zeros. */
    items: z.array(trend),
  })
  .meta({ id: 'Trends' });
export type Trends = z.output<typeof trends>;

/** What a page calls them. */
const WORDS = { queues: 'delivery queues', credentials: 'credentials', networks: 'listed networks' } as const;

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

export const TREND_ROUTES = {
  queueTrends: trendsOf('queues', '\\d{1,9}', 'queues:read'),
  credentialTrends: trendsOf('credentials', UUID, 'credentials:read'),
  networkTrends: trendsOf('networks', UUID, 'networks:read'),
};

/** One question for a whole page of a list. */
function trendsOf<const P extends Permission>(of: keyof typeof WORDS, id: string, permission: P) {
  return route({
    method: 'GET',
    path: `/api/v1/volume/trends/${of}`,
    tag: 'Volume',
    summary: `How attempts ended in each of the last ${TREND_HOURS} hours, for each of some ${WORDS[of]}`,
    permission,
    query: z.object({
      /** The ids as the list tells them, with commas between. */
      ids: z
        .string()
        .regex(
          new RegExp(`^${id}(?:,${id}){0,${MOST_IDS - 1}}$`),
          `Expected ids with commas between, ${MOST_IDS} at most`,
        ),
    }),
    status: 200,
    response: trends,
    problems: [],
  });
}
