import type { Clock } from '@postern/queue';
import { whyUnusable } from './authenticate.ts';
import type { Clients } from './clients.ts';
import { settingsOf, type Submitter } from './submitter.ts';

/** Whether a session may go on for a submitter: it is there still, and may be used from that address now. */
export function stillUsable(
  clients: Clients,
  clock: Pick<Clock, 'now'>,
): (submitter: Submitter, address: string) => Promise<boolean> {
  return async (submitter, address) => {
    const { id } = settingsOf(submitter);
    // A host of a network that is listed no longer hears so at its next MAIL, as every other host does.
    if (submitter.kind === 'network') return true;
    const credential = await clients.credential(submitter.credential.name);
    return credential?.id === id && whyUnusable(credential, address, clock.now()) === undefined;
  };
}
