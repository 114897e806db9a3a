import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { listAttempts } from './list-attempts.ts';
import { listRecipients } from './list-recipients.ts';
import { showMessage } from './show-message.ts';

test('a message opened tells its origin, its recipients and what became of every attempt', async ({ scenario }) => {
  const id = await scenario.accept(['b@example.com', 'c@example.net']);
  await scenario.attempt({ kind: 'deferred', dueAt: new Date(), maybeDelivered: true });
  await scenario.attempt({ kind: 'bounced' });
  const outcome = await showMessage(scenario.context, { params: { id } });
  expect(outcome).toMatchObject({
    ok: {
      id,
      clientAddress: '192.0.2.1',
      tls: { protocol: 'TLSv1.3' },
      // A DSN is still to be made of it.
      contentKept: true,
      recipientPage: {
        items: [
          {
            id: `${id}.1`,
            forwardPath: 'b@example.com',
            state: 'bounced',
            attempts: 2,
            dueAt: null,
            endedAt: expect.stringMatching(/Z$/),
            maybeDelivered: true,
            queue: { id: 1, name: 'unresolved' },
            lastReply: { from: 'remote', code: 550, enhanced: '5.0.0', text: 'said 550' },
          },
          { id: `${id}.2`, forwardPath: 'c@example.net', domain: 'example.net' },
        ],
      },
      attemptPage: {
        items: [
          { outcome: 'bounced', attempt: 2 },
          { outcome: 'bounced', attempt: 2 },
          { outcome: 'deferred', attempt: 1 },
          { outcome: 'deferred', attempt: 1, stepsMs: { connect: 1, data: 3 }, policy: 'opportunistic' },
        ],
      },
    },
  });
});

test('what the client asked for beyond delivery is shown, and that it asked for nothing', async ({ scenario }) => {
  const { context } = scenario;
  const plain = await scenario.accept(['b@example.com']);
  const asked = await scenario.accept(['b@example.com'], {
    ret: 'HDRS',
    envid: 'QQ314159',
    requireTls: true,
    priority: -4,
    deliverBy: { at: new Date('2026-12-01T12:00:00Z'), mode: 'N', trace: true },
    recipients: [
      { forwardPath: 'b@example.com', domain: 'example.com', queueId: 1, notify: [], orcpt: 'rfc822;B@example.com' },
    ],
  });
  expect(await showMessage(context, { params: { id: plain } })).toMatchObject({
    ok: { requests: null, recipientPage: { items: [{ notify: null, orcpt: null }] } },
  });
  expect(await showMessage(context, { params: { id: asked } })).toMatchObject({
    ok: {
      requests: {
        ret: 'HDRS',
        envid: 'QQ314159',
        requireTls: true,
        priority: -4,
        deliverBy: { at: '2026-12-01T12:00:00.000Z', mode: 'N', trace: true },
        releaseAt: null,
      },
      recipientPage: { items: [{ notify: 'NEVER', orcpt: 'rfc822;B@example.com' }] },
    },
  });
});

test('recipients and attempts come a page at a time, and of one recipient when asked', async ({ scenario }) => {
  const { context } = scenario;
  const id = await scenario.accept(['b@example.com', 'c@example.com', 'd@example.com']);
  await scenario.attempt({ kind: 'deferred', dueAt: new Date(), maybeDelivered: false });
  await scenario.attempt({ kind: 'delivered' });
  const recipients = await pages((query) => listRecipients(context, { params: { id }, query }));
  expect(recipients.map(({ forwardPath }) => forwardPath)).toEqual(['b@example.com', 'c@example.com', 'd@example.com']);
  const attempts = await pages((query) => listAttempts(context, { params: { id }, query }));
  expect(attempts.map(({ attempt, outcome }) => `${attempt} ${outcome}`)).toEqual([
    ...Array.from({ length: 3 }, () => '2 delivered'),
    ...Array.from({ length: 3 }, () => '1 deferred'),
  ]);
  expect(new Set(attempts.map((each) => each.id)).size).toBe(6);
  const recipient = recipients[1]?.id ?? '';
  const ofOne = await listAttempts(context, { params: { id }, query: { recipient } });
  expect(ofOne).toMatchObject({ ok: { items: [{ recipientId: recipient }, { recipientId: recipient }] } });
});

test('a message that is not there is not found, however it is asked for', async ({ scenario: { context } }) => {
  const params = { id: '0199a000-0000-7000-8000-000000000009' };
  for (const verb of [showMessage, listRecipients, listAttempts]) {
    expect(await verb(context, { params })).toMatchObject({ refused: { code: 'not-found' } });
  }
});

interface PageOf<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

async function pages<Item>(
  read: (query: { limit: number; cursor?: string }) => Promise<{ ok: PageOf<Item> } | { refused: unknown }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const outcome: { ok: PageOf<Item> } | { refused: unknown } = await read({
      limit: 2,
      ...(cursor ? { cursor } : {}),
    });
    if (!('ok' in outcome)) throw new Error(JSON.stringify(outcome.refused));
    items.push(...outcome.ok.items);
    cursor = outcome.ok.nextCursor;
  } while (cursor);
  return items;
}
