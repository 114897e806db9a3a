import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Everything that is suspended now, queues too. */
export const listSuspensions = verb(ROUTES.listSuspensions, async ({ store }) =>
  done({ items: [...(await store.listSuspensions())] }),
);
