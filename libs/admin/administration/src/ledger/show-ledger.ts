import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** How many recipients were accepted, and where they are now. */
export const showLedger = verb(ROUTES.showLedger, async ({ store }) => done(await store.ledger()));
