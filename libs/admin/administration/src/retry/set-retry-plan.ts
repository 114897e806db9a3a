import { MOST_RETRY_PLANS, ROUTES } from '@postern/admin-contract';
import { conflict, done, invalid, notFound, type Outcome } from '../outcome.ts';
import type { AdminStore } from '../ports/admin-store.ts';
import { readRoute } from '../route/reference.ts';
import { verb } from '../verb.ts';

/** Sets when mail is tried again, and when it is given up: of everything, of a route, of a site, or of a class of mail. */
export const setRetryPlan = verb(ROUTES.setRetryPlan, async ({ store, actor }, { body }) => {
  const subject = await readSubject(store, body);
  if ('refused' in subject) return subject;
  const { scope, delaysSeconds, giveUpSeconds, delayNoticeSeconds } = body;
  return store.change(async (changes) => {
    const times = { delaysSeconds, giveUpSeconds, delayNoticeSeconds: delayNoticeSeconds ?? null };
    const plan = await changes.setRetryPlan({ scope, subject: subject.ok, ...times }, MOST_RETRY_PLANS);
    if (!plan)
      return conflict(
        `There are ${MOST_RETRY_PLANS} retry plans already: remove one first, or give mail a tag in common`,
      );
    await changes.audit({
      actor,
      action: 'retry-plan.set',
      subjectId: plan.id,
      subjectName: `${scope} ${subject.ok}`.trim(),
      reason: body.reason,
      facts: { delaysSeconds, giveUpSeconds, ...(delayNoticeSeconds === undefined ? {} : { delayNoticeSeconds }) },
    });
    return done(plan);
  });
});

async function readSubject(
  store: AdminStore,
  { scope, subject }: { readonly scope: 'default' | 'route' | 'site' | 'tag'; readonly subject: string },
): Promise<Outcome<string>> {
  switch (scope) {
    case 'default':
      return subject === '' ? done('') : invalid([{ field: 'body.subject', message: 'Expected nothing' }]);
    case 'route': {
      const reference = readRoute(subject);
      const route = reference && (await store.findRoute(reference));
      return route ? done(route.name) : notFound(`route ${subject}`);
    }
    case 'site': {
      const queue = await store.queueNamed(subject.toLowerCase());
      return queue?.kind === 'site' ? done(queue.name) : notFound(`site ${subject}: mail must have gone there once`);
    }
    case 'tag':
      return /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(subject)
        ? done(subject.toLowerCase())
        : invalid([{ field: 'body.subject', message: 'Expected a tag of letters, digits and . _ -' }]);
  }
}
