import type { Ledger, Queue, StreamEvent } from '@postern/admin-contract';
import { describe, expect, it } from 'vitest';
import { createLiveHub } from './live-hub.ts';

describe('the hub of live events', () => {
  it('tells an event to all who listen, and no more to who has left', () => {
    const hub = createLiveHub();
    const [one, two] = [heard(), heard()];
    hub.onEvent(one.listener);
    hub.onEvent(two.listener)();
    hub.tell(ledger(1));
    expect([one.names, two.names]).toEqual([['ledger 1'], []]);
  });

  it('tells who comes late all that the stream has told, each queue as it was last', () => {
    const hub = createLiveHub();
    hub.connect({ kind: 'live' });
    hub.tell(ledger(1));
    hub.tell(queues([1, 10], [2, 20]));
    hub.tell(ledger(2));
    hub.tell(queues([2, 21]));
    const late = heard();
    hub.onEvent(late.listener);
    expect(late.names).toEqual(['ledger 2', 'queues 1:10 2:21']);
  });

  it('forgets when the connection is lost: the stream tells everything anew when it is back', () => {
    const hub = createLiveHub();
    hub.tell(ledger(1));
    hub.tell(queues([1, 10]));
    hub.connect({ kind: 'away', since: new Date() });
    const late = heard();
    hub.onEvent(late.listener);
    expect(late.names).toEqual([]);
  });

  it('tells each change of the connection', () => {
    const hub = createLiveHub();
    const seen: string[] = [];
    hub.onConnection(() => seen.push(hub.connection().kind));
    hub.connect({ kind: 'live' });
    hub.connect({ kind: 'resting' });
    expect(seen).toEqual(['live', 'resting']);
  });
});

function heard() {
  const names: string[] = [];
  const listener = (event: StreamEvent) => {
    if (event.name === 'ledger') names.push(`ledger ${event.data.accepted}`);
    if (event.name === 'queues')
      names.push(['queues', ...event.data.queues.map((queue) => `${queue.id}:${queue.counts.deferred}`)].join(' '));
  };
  return { names, listener };
}

function ledger(accepted: number): StreamEvent {
  const data: Ledger = {
    accepted,
    queued: accepted,
    sending: 0,
    deferred: 0,
    held: 0,
    delivered: 0,
    bounced: 0,
    expired: 0,
    suppressed: 0,
    cancelled: 0,
  };
  return { name: 'ledger', data };
}

function queues(...depths: readonly (readonly [id: number, deferred: number])[]): StreamEvent {
  const all = depths.map(([id, deferred]): Queue => ({
    id,
    kind: 'site',
    name: `mx${id}.example`,
    counts: { queued: 0, sending: 0, deferred, held: 0 },
    oldestAcceptedAt: null,
    nextDueAt: null,
    suspended: null,
    lastAttempt: null,
    sends: { running: 0, lanes: 1, mostLanes: 20, perMinute: null, restUntil: null },
  }));
  return { name: 'queues', data: { queues: all } };
}
