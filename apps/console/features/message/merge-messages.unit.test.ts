import type { MessageSummary } from '@postern/admin-contract';
import { describe, expect, it } from 'vitest';
import { mergeMessages } from './merge-messages.ts';

describe('a list of messages that changes while it is read', () => {
  const shown = [message(5, 'queued'), message(4, 'queued'), message(3, 'queued')];
  const summary = (messages: readonly MessageSummary[]) =>
    messages.map((each) => `${each.id}:${Object.keys(each.recipients.states).join()}`);

  it('changes the state of what is shown, and moves nothing', () => {
    const merged = mergeMessages(shown, [message(5, 'delivered'), message(4, 'deferred'), message(3, 'queued')]);
    expect(summary(merged.messages)).toEqual(['m5:delivered', 'm4:deferred', 'm3:queued']);
    expect(merged.waiting).toBe(0);
  });

  it('counts what is newer, and keeps what has gone to the next page', () => {
    const merged = mergeMessages(shown, [message(7, 'queued'), message(6, 'queued'), message(5, 'delivered')]);
    expect(summary(merged.messages)).toEqual(['m5:delivered', 'm4:queued', 'm3:queued']);
    expect(merged.waiting).toBe(2);
  });

  it('does not count an older message that has come into a filter', () => {
    expect(mergeMessages(shown, [message(5, 'queued'), message(2, 'queued')]).waiting).toBe(0);
  });

  it('counts all when nothing is shown', () => {
    expect(mergeMessages([], [message(2, 'queued'), message(1, 'queued')])).toEqual({ messages: [], waiting: 2 });
  });
});

function message(number: number, state: 'queued' | 'deferred' | 'delivered'): MessageSummary {
  return {
    id: `m${number}`,
    acceptedAt: '2026-01-02T03:04:05.678Z',
    reversePath: 'a@example.org',
    headerFrom: 'a@example.org',
    subject: 'Hello',
    sizeOctets: 1000,
    listener: 'submission',
    credential: null,
    firstForwardPath: 'b@example.com',
    recipients: { total: 1, states: { [state]: 1 } },
  };
}
