import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { showLedger } from './show-ledger.ts';

const NOTHING = {
  accepted: 0,
  queued: 0,
  sending: 0,
  deferred: 0,
  held: 0,
  delivered: 0,
  bounced: 0,
  expired: 0,
  suppressed: 0,
  cancelled: 0,
};

test('what was accepted is somewhere, always', async ({ scenario }) => {
  expect(await showLedger(scenario.context, {})).toEqual({ ok: NOTHING });
  await scenario.accept(['b@example.com', 'c@example.com']);
  await scenario.attempt({ kind: 'delivered' });
  await scenario.accept(['d@example.com']);
  expect(await showLedger(scenario.context, {})).toEqual({ ok: { ...NOTHING, accepted: 3, queued: 1, delivered: 2 } });
});

test('an actor without the permission sees nothing', async ({ scenario }) => {
  const nobody = { ...scenario.context, actor: { ...scenario.context.actor, permissions: new Set<never>() } };
  expect(await showLedger(nobody, {})).toMatchObject({ refused: { code: 'forbidden' } });
});
