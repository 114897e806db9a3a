import { expect } from 'vitest';
import { createCredential } from '../credential/create-credential.ts';
import { test, type Scenario } from '../testing/scenario.ts';
import { cancelMessage } from './cancel-message.ts';
import { findMessages } from './find-messages.ts';
import { holdMessage } from './hold-message.ts';

test('messages are listed the latest first, a page at a time', async ({ scenario }) => {
  const ids: string[] = [];
  for (let hours = 5; hours > 0; hours--) {
    ids.unshift(await scenario.accept(['b@example.com', 'c@example.net'], { acceptedAt: ago(hours) }));
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const outcome = await findMessages(scenario.context, { query: { limit: 2, ...(cursor ? { cursor } : {}) } });
    if ('refused' in outcome) throw new Error(outcome.refused.detail);
    seen.push(...outcome.ok.items.map(({ id }) => id));
    cursor = outcome.ok.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(ids);
});

test('a message in a list tells its sender, its first recipient and the states', async ({ scenario }) => {
  const { context } = scenario;
  const made = await createCredential(context, { body: { name: 'app1', senderRules: ['@example.org'] } });
  const credentialId = 'ok' in made ? made.ok.credential.id : '';
  const origin = {
    listener: 'relay',
    clientAddress: '192.0.2.9',
    clientName: 'x',
    networkId: undefined,
    tls: undefined,
  } as const;
  await scenario.accept(['b@example.com', 'c@example.com'], {
    origin: { ...origin, credentialId },
    subject: '<script>',
  });
  expect(await findMessages(context, { query: {} })).toMatchObject({
    ok: {
      items: [
        {
          reversePath: 'a@example.org',
          subject: '<script>',
          listener: 'relay',
          credential: { id: credentialId, name: 'app1' },
          firstForwardPath: 'b@example.com',
          recipients: { total: 2, states: { queued: 2 } },
        },
      ],
    },
  });
});

const QUERIES = [
  ['state:queued', ['fresh']],
  ['state:deferred', ['deferred']],
  ['state:held', ['held']],
  ['state:cancelled', ['cancelled']],
  ['state:bounced', ['bounced']],
  ['state:delivered', ['delivered']],
  ['state:sending', []],
  ['to:b@example.com', ['held', 'delivered']],
  ['to:B@Example.com', ['held', 'delivered']],
  ['to:@example.com', ['held', 'bounced', 'delivered']],
  ['b@example.com', ['held', 'delivered']],
  ['from:other@example.org', ['deferred']],
  ['from:@example.org', ['fresh', 'held', 'cancelled', 'bounced', 'delivered', 'deferred']],
  ['from:<>', []],
  ['subject:"red letter"', ['cancelled']],
  ['LETTER', ['cancelled']],
  ['queue:unresolved', ['fresh', 'held', 'cancelled', 'bounced', 'delivered', 'deferred']],
  ['queue:99', []],
  ['since:90m', ['fresh']],
  ['before:270m', ['delivered', 'deferred']],
  ['since:270m before:90m', ['held', 'cancelled', 'bounced']],
  ['state:held to:@example.com since:1d', ['held']],
  ['state:held to:@example.net', []],
  ['message-id:<7@example.org>', ['fresh']],
  ['message-id:7@example.org', ['fresh']],
  ['client:192.0.2.1', ['fresh', 'held', 'cancelled', 'bounced', 'delivered', 'deferred']],
  ['subject:"\'; drop table messages; --"', []],
] as const;

test('every term finds the messages that it describes, and no other', async ({ scenario }) => {
  const names = await six(scenario);
  const found = await Promise.all(
    QUERIES.map(async ([q]) => {
      const outcome = await findMessages(scenario.context, { query: { q } });
      if ('refused' in outcome) throw new Error(outcome.refused.detail);
      return [q, outcome.ok.items.map(({ id }) => names.get(id))];
    }),
  );
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(QUERIES));
});

test('a query that is none is refused in words', async ({ scenario: { context } }) => {
  expect(await findMessages(context, { query: { q: 'stat:deferred' } })).toMatchObject({
    refused: { code: 'invalid-request', errors: [{ field: 'query.q', message: /^stat: no such term/ }] },
  });
});

/** Six messages, the oldest made first, so that a claim of the queue finds only what came before it. */
async function six(scenario: Scenario): Promise<ReadonlyMap<string, string>> {
  const { context, accept } = scenario;
  const deferred = await accept(['z@example.net'], { acceptedAt: ago(6), reversePath: 'other@example.org' });
  await scenario.attempt({ kind: 'deferred', dueAt: new Date(Date.now() + 3_600_000), maybeDelivered: false });
  const delivered = await accept(['b@example.com'], { acceptedAt: ago(5) });
  await scenario.attempt({ kind: 'delivered' });
  const bounced = await accept(['c@example.com'], { acceptedAt: ago(4) });
  await scenario.attempt({ kind: 'bounced' });
  const cancelled = await accept(['d@example.net'], { acceptedAt: ago(3), subject: 'A Red Letter day' });
  await cancelMessage(context, { params: { id: cancelled } });
  const held = await accept(['b@example.com'], { acceptedAt: ago(2) });
  await holdMessage(context, { params: { id: held } });
  const fresh = await accept(['y@example.net'], { acceptedAt: ago(1), messageIdField: '<7@example.org>' });
  return new Map(
    Object.entries({ deferred, delivered, bounced, cancelled, held, fresh }).map(([name, id]) => [id, name]),
  );
}

function ago(hours: number): Date {
  return new Date(Date.now() - hours * 3_600_000);
}
