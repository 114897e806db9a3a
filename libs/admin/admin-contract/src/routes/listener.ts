import { z } from 'zod';
import { route } from '../route.ts';

/** Where clients submit mail, as the machine that answers is set up. */
export const submissionListeners = z
  .object({
    /** The name that this gateway says of itself. */
    hostname: z.string(),
    /** Whether the certificate is one of the operator's; the generated one is trusted by nobody. */
    certificate: z.enum(['given', 'generated', 'unusable']),
    listeners: z.array(
      z.object({ service: z.enum(['submission', 'submissions', 'relay']), port: z.int(), open: z.boolean() }),
    ),
  })
  .meta({ id: 'SubmissionListeners' });
export type SubmissionListeners = z.output<typeof submissionListeners>;

export const LISTENER_ROUTES = {
  showListeners: route({
    method: 'GET',
    path: '/api/v1/listeners',
    tag: 'Credentials',
    summary: 'Where clients submit mail: the listeners of this machine, and whether its certificate can be verified',
    permission: 'signed-in',
    status: 200,
    response: submissionListeners,
    problems: [],
  }),
};
