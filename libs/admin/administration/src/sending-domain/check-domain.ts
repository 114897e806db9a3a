import { ROUTES } from '@postern/admin-contract';
import { checkDomain as check } from '@postern/sending-domain';
import { done, notFound } from '../outcome.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';
import { findDomain } from './reference.ts';

/** Looks at what the world sees of a sending domain now, and keeps it. Nothing is decided by it, so whoever may read may ask. */
export const checkDomain = verb(ROUTES.checkDomain, async (context, { params }) => {
  const { store, clock } = context;
  const domain = await findDomain(store, params.domain);
  if (!domain) return notFound(`sending domain ${params.domain}`);
  const world = { ...context, sources: await ownSources(context) };
  const { status, lines } = await check(domain, world, await store.sentAs(domain));
  const checkedAt = clock.now();
  await store.change((changes) => changes.keepDomainCheck(domain, { checkedAt, status, lines }));
  return done({ checkedAt: checkedAt.toISOString(), status, lines: lines.map((line) => ({ ...line })) });
});
