import { expect } from 'vitest';
import { test, type Scenario } from '../testing/scenario.ts';
import { listEvents } from './list-events.ts';
import { resolveEvent } from './resolve-event.ts';

const ABOUT = { kind: 'credential', id: '0199a000-0000-7000-8000-000000000002', name: 'app1' } as const;

test('an event that is open is told again, not raised twice, and resolved once', async ({ scenario }) => {
  const { context } = scenario;
  for (const text of ['first', 'second']) await raise(scenario, text);
  const listed = await listEvents(context, { query: {} });
  expect(listed).toMatchObject({
    ok: { items: [{ text: 'second', times: 2, severity: 'warning', resolvedAt: null }] },
  });
  const id = 'ok' in listed ? (listed.ok.items[0]?.id ?? '') : '';
  expect(await resolveEvent(context, { params: { id }, body: { reason: 'seen' } })).toMatchObject({
    ok: { resolvedBy: 'owner@example.org' },
  });
  expect(await resolveEvent(context, { params: { id } })).toMatchObject({ refused: { code: 'conflict' } });
  expect(await resolveEvent(context, { params: { id: '999999' } })).toMatchObject({ refused: { code: 'not-found' } });
  expect(await listEvents(context, { query: {} })).toMatchObject({ ok: { items: [] } });
  await raise(scenario, 'third');
  expect(await listEvents(context, { query: { state: 'all', subject: ABOUT.id } })).toMatchObject({
    ok: { items: [{ text: 'third', times: 1 }, { text: 'second' }] },
  });
  expect((await scenario.audit()).at(-1)).toMatchObject({
    action: 'event.resolve',
    subjectName: 'app1',
    reason: 'seen',
  });
});

test('an auditor reads events and resolves none', async ({ scenario }) => {
  await raise(scenario, 'first');
  expect(await listEvents(scenario.asAuditor, { query: {} })).toMatchObject({ ok: { items: [{ text: 'first' }] } });
  expect(await resolveEvent(scenario.asAuditor, { params: { id: '1' } })).toMatchObject({
    refused: { code: 'forbidden' },
  });
});

function raise({ context }: Scenario, text: string): Promise<void> {
  const event = { kind: 'credential.tested', severity: 'warning', subject: ABOUT, text, facts: {} } as const;
  return context.store.change((changes) => changes.raiseEvent(event));
}
