import { ROUTES } from '@postern/admin-contract';
import { readReference } from '../credential/reference.ts';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

const DAY_MS = 86_400_000;

/** How recipients ended over a time, the last day by default, by class, site, credential, sender domain or time. */
export const bounceRates = verb(ROUTES.bounceRates, async ({ store, clock }, { query }) => {
  const reference = query.credential === undefined ? undefined : readReference(query.credential);
  const credential = reference && (await store.findCredential(reference));
  if (query.credential !== undefined && !credential) return notFound(`credential ${query.credential}`);
  const queue = query.queue === undefined ? undefined : await store.queueNamed(query.queue);
  if (query.queue !== undefined && !queue) return notFound(`delivery queue ${query.queue}`);
  const until = query.until === undefined ? clock.now() : new Date(query.until);
  const since = query.since === undefined ? new Date(until.getTime() - DAY_MS) : new Date(query.since);
  const items = await store.bounceRates({
    by: query.by,
    since,
    until,
    credentialId: credential?.id,
    domain: query.domain?.toLowerCase(),
    queueId: queue?.id,
    class: query.class,
  });
  return done({ items: [...items] });
});
