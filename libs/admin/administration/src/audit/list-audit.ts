import { ROUTES, type AuditRecord } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** What operators did, the latest first where nothing else is asked. */
export const listAudit = verb(ROUTES.listAudit, ({ store }, { query }) => {
  const { actor, action, subject, after, before, order } = query;
  const since = after === undefined ? undefined : new Date(after);
  const until = before === undefined ? undefined : new Date(before);
  const key = z.string().regex(/^\d{1,18}$/);
  return readPage({ query, key, keyOf: ({ id }: AuditRecord) => id }, (slice) =>
    store.listAudit({ ...slice, order, actor, action, subject, since, until }),
  );
});
