import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readOperation } from './read-operation.ts';
import { findTarget } from './target.ts';

/**
 * Begins an operation on every recipient that a query describes. It is counted first; then whichever process comes to it
 * does it, a batch at a time, and it goes on after a crash where it was.
 */
export const startOperation = verb(ROUTES.startOperation, async ({ store, actor, clock }, { body }) => {
  const { kind, query, reason } = body;
  const conditions = readOperation(body, clock.now());
  if ('refused' in conditions) return conditions;
  const target = kind === 'reroute' ? await findTarget(store, body.route) : undefined;
  if (target && 'refused' in target) return target;
  const count = await store.countOperation({ kind, conditions: conditions.ok });
  return store.change(async (changes) => {
    const expected = count.recipients;
    const operation = await changes.addOperation({ kind, query, reason, by: actor.name, expected, target: target?.ok });
    await changes.audit({
      actor,
      action: `operation.${kind}`,
      subjectId: operation.id,
      subjectName: query,
      reason,
      facts: { ...count, ...(target ? { route: target.ok.name ?? null } : {}) },
    });
    return done(operation);
  });
});
