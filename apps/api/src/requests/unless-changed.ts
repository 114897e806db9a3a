import { createHash } from 'node:crypto';
import { PERMISSIONS } from '@postern/admin-contract';
import type { AdminStore, Context } from '@postern/administration';
import { answerOf, ProblemException } from '../gate/problem.exception.ts';
import { entityTag, matches } from './entity-tag.ts';
import type { Shows } from './serve-verb.ts';

/**
 * The context for a change of something that others may change too. Whoever changes it through the API waits for whoever is
 * at it; then, with If-Match, the version is looked at, and another one than was seen ends the request (RFC 9110 §13.1.1):
 * in the transaction of the change, so nothing comes between.
 */
export function unlessChanged({
  context,
  request,
  shows,
  ifMatch,
}: {
  readonly context: Context;
  readonly request: { readonly params: unknown };
  readonly shows: Shows;
  readonly ifMatch: string | undefined;
}): Context {
  const { store } = context;
  // What is shown here is compared and not answered, so it needs no permission to read.
  const looking = { ...context, actor: { ...context.actor, permissions: new Set(PERMISSIONS) } };
  const shown = async () => answerOf(await shows.verb(looking, { params: request.params }));
  const change: AdminStore['change'] = (work) =>
    oneAtATime(async () => {
      const subject = subjectOf(shows, await shown());
      return store.change(async (changes) => {
        await changes.lockSubject(subject);
        const now = await shown();
        if (ifMatch !== undefined && !matches(ifMatch, entityTag(now, shows.version)))
          throw await changedMeanwhile(context, shows, Object(now).id ?? firstParam(request.params));
        return work(changes);
      });
    });
  return { ...context, store: { ...store, change } };
}

/** The problem, with what was done last to the thing: to those who may look at it. */
async function changedMeanwhile(
  { store, actor }: Context,
  { audited, permission }: Shows,
  id: unknown,
): Promise<ProblemException> {
  const detail = 'It was changed since you looked: look again, and decide anew';
  const maySee = PERMISSIONS.some((each) => each === permission && actor.permissions.has(each));
  if (audited === undefined || !maySee) return new ProblemException('precondition-failed', detail);
  const subject = id === undefined ? undefined : String(id);
  const filter = { actor: undefined, action: audited, subject, since: undefined, until: undefined };
  const entries = await store.listAudit({ ...filter, after: undefined, limit: TOLD, order: 'descending' });
  const changes = entries.map(({ at, actor: { name }, action }) => ({ at, by: name, action }));
  return new ProblemException('precondition-failed', detail, { changes });
}

/** So many of the last changes are told. */
const TOLD = 5;

/** What a thing without an id of its own is asked by: the credential whose settings they are. */
function firstParam(params: unknown): unknown {
  return Object.values(Object(params))[0];
}

/** By its id where it has one: a thing may be called by its name too. */
function subjectOf(shows: Shows, shown: unknown): string {
  const { id } = Object(shown);
  return createHash('sha256')
    .update(JSON.stringify([shows.version, id ?? null]))
    .digest('hex');
}

let last: Promise<unknown> = Promise.resolve();

/** Each needs two connections of the pool at once: many at a time would wait for each other's second one. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => undefined);
  return next;
}
