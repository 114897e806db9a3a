import { z } from 'zod';
import { route } from '../route.ts';

/** The states of a recipient. */
export const RECIPIENT_STATES = [
  'queued',
  'sending',
  'deferred',
  'held',
  'delivered',
  'bounced',
  'expired',
  'suppressed',
  'cancelled',
] as const;
export const recipientState = z.enum(RECIPIENT_STATES);
export type RecipientState = z.output<typeof recipientState>;

const count = z.int().nonnegative();

/** Accepted recipients, and how many of them are in each state: the sum over the states is always `accepted`. */
export const ledger = z
  .object({
    accepted: count,
    queued: count,
    sending: count,
    deferred: count,
    held: count,
    delivered: count,
    bounced: count,
    expired: count,
    suppressed: count,
    cancelled: count,
  })
  .meta({ id: 'Ledger' });
export type Ledger = z.output<typeof ledger>;

export const LEDGER_ROUTES = {
  showLedger: route({
    method: 'GET',
    path: '/api/v1/ledger',
    tag: 'Ledger',
    summary: 'How many recipients were accepted, and where they are now',
    permission: 'ledger:read',
    status: 200,
    response: ledger,
    problems: [],
  }),
};
