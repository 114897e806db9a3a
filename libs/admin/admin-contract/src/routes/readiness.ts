import { z } from 'zod';
import { route } from '../route.ts';
import { instant } from '../shapes.ts';
import { CHECK_STATUSES, checkLine } from './sending-domain.ts';

/** Whether a mail would go out well from here, now. */
export const readiness = z
  .object({
    /** The worst of the lines: `pass` and `warn` let mail go out, `fail` does not. */
    status: z.enum(CHECK_STATUSES),
    checkedAt: instant,
    version: z.string(),
    lines: z.array(checkLine),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.output<typeof readiness>;

export const READINESS_ROUTES = {
  showReadiness: route({
    method: 'GET',
    path: '/api/v1/readiness',
    tag: 'Readiness',
    summary:
      'DNS, AD bit, port 25, certificate, clock, database, Redis, listeners, disk, sources: what is wrong and how to mend it',
    permission: 'ledger:read',
    query: z.object({
      /** A domain whose mail hosts are dialled to see whether their port is open; else those of the sending domains. */
      domain: z.string().trim().min(1).max(255).optional(),
    }),
    status: 200,
    response: readiness,
    problems: [],
  }),
};
