import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** What operators have decided about the channel, in the order in which they did. */
export const listTlsRules = verb(ROUTES.listTlsRules, async ({ store }) =>
  done({ items: [...(await store.listTlsRules())] }),
);
