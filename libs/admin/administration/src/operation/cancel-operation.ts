import { ROUTES } from '@postern/admin-contract';
import { conflict, done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Ends an operation before its time. The batch that is under way is finished; what was moved stays moved. */
export const cancelOperation = verb(ROUTES.cancelOperation, async ({ store, actor }, { params: { id }, body }) => {
  const before = await store.showOperation(id);
  if (!before) return notFound(`operation ${id}`);
  return store.change(async (changes) => {
    const operation = await changes.cancelOperation(id, actor.name);
    if (!operation) return conflict(`It is ${before.state === 'running' ? 'over' : before.state} already`);
    const subject = { subjectId: id, subjectName: operation.query };
    const facts = { kind: operation.kind, moved: operation.moved };
    await changes.audit({ actor, action: 'operation.cancel', ...subject, reason: body.reason, facts });
    return done(operation);
  });
});
