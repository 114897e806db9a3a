import { ROUTES, type SubmissionListeners } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import type { ListenerState } from '../ports/machine.ts';
import { verb } from '../verb.ts';

/** Where clients submit mail, for those who set them up. */
export const showListeners = verb(ROUTES.showListeners, async ({ machine, sources }) => {
  const [certificate, listeners] = await Promise.all([machine.certificate(), machine.listeners()]);
  return done({
    hostname: sources.hostname,
    certificate: certificate.kind === 'found' ? certificate.made : 'unusable',
    listeners: listeners.flatMap(mailListener),
  });
});

function mailListener({ service, address, open }: ListenerState): SubmissionListeners['listeners'] {
  const port = Number(address.slice(address.lastIndexOf(':') + 1));
  return service === 'submission' || service === 'submissions' || service === 'relay' ? [{ service, port, open }] : [];
}
