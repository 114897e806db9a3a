import { ROUTES } from '@postern/admin-contract';
import {
  freeSelector,
  type KnownSendingDomain,
  makeKey,
  replacedBy,
  SIGNING_ALGORITHMS,
} from '@postern/sending-domain';
import { conflict, done, notFound } from '../outcome.ts';
import type { AdminChanges } from '../ports/admin-store.ts';
import { ownSources } from '../own-sources.ts';
import { verb } from '../verb.ts';
import { domainDetail } from './domain-view.ts';
import { findDomain } from './reference.ts';

/**
 * Begins a rotation: a new key of each kind, which signs once the world has seen it. `now` is for a key that has leaked: the
 * new ones sign at once, and mail fails until their records are published.
 */
export const rotateDomainKey = verb(ROUTES.rotateDomainKey, async (context, { params, body }) => {
  const { store, actor, clock, keys } = context;
  const domain = await findDomain(store, params.domain);
  if (!domain) return notFound(`sending domain ${params.domain}`);
  const pending = domain.keys.filter(({ state }) => state === 'pending');
  if (pending.length > 0 && body.sign === 'once-seen')
    return conflict(
      `A rotation is under way: ${pending.map(({ selector }) => selector).join(' and ')} wait to be seen`,
    );
  const state = body.sign === 'now' ? ('active' as const) : ('pending' as const);
  const selectors = selectorsFor(domain, clock.now());
  if (!selectors) return conflict('Every delegated selector is in use: wait until the retired keys are revoked');
  const made = await Promise.all(
    selectors.map(({ algorithm, selector }) => makeKey({ algorithm, selector, state, sealKey: keys.sealKey })),
  );
  const sources = await ownSources(context);
  return store.change(async (changes) => {
    for (const key of made) {
      const added = await changes.addDkimKey(domain.id, key);
      if (!added) return conflict(`There is a key ${key.selector} already`);
      if (state === 'active') await retire(changes, replacedBy(added, domain.keys));
    }
    const facts = { selectors: made.map(({ selector }) => selector), sign: body.sign };
    const subject = { subjectId: domain.id, subjectName: domain.name };
    await changes.audit({ actor, action: 'domain.rotate-key', ...subject, reason: body.reason, facts });
    const after = await changes.readDomain(domain.id);
    return after ? done(domainDetail(after, sources)) : notFound(`sending domain ${params.domain}`);
  });
});

/** Keys that have signed until now sign no more. */
export async function retire(
  changes: Pick<AdminChanges, 'moveDkimKey'>,
  replaced: readonly { readonly id: string }[],
): Promise<void> {
  for (const { id } of replaced) await changes.moveDkimKey({ id, from: 'active', to: 'retired' });
}

function selectorsFor(domain: KnownSendingDomain, at: Date) {
  const found = SIGNING_ALGORITHMS.map((algorithm) => ({
    algorithm,
    selector: freeSelector(domain, algorithm, at) ?? '',
  }));
  return found.every(({ selector }) => selector !== '') ? found : undefined;
}
