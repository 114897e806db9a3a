import { ROUTES } from '@postern/admin-contract';
import { checkDomain as check } from '@postern/sending-domain';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { findDomain } from './reference.ts';

/** Looks at what the world sees of a sending domain now, and keeps it. Nothing is decided by it, so whoever may read may ask. */
export const checkDomain = verb(
  ROUTES.checkDomain,
  async ({ store, clock, sources, resolver, blockLists }, { params }) => {
    const domain = await findDomain(store, params.domain);
    if (!domain) return notFound(`sending domain ${params.domain}`);
    const { status, lines } = await check(domain, { resolver, sources, blockLists }, await store.sentAs(domain.name));
    const checkedAt = clock.now();
    const found = { checkedAt: checkedAt.toISOString(), status, lines: lines.map((line) => ({ ...line })) };
    await store.change((changes) => changes.keepDomainCheck(domain.id, { checkedAt, found }));
    return done(found);
  },
);
