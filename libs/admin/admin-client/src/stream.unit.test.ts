import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StreamEvent } from '@postern/admin-contract';
import { openStream, type EventSourceLike } from './index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const heartbeat = { at: '2026-01-02T03:04:05.678Z' };

test('events arrive typed, and one that is not of the contract is left out', () => {
  const { sources, events } = followed();
  sources[0]?.say('heartbeat', heartbeat);
  sources[0]?.say('heartbeat', { at: 'soon' });
  sources[0]?.say('queues', { queues: [] });
  expect(events).toEqual([
    { name: 'heartbeat', data: heartbeat },
    { name: 'queues', data: { queues: [] } },
  ]);
});

test('a stream that falls silent is lost, and opened again', () => {
  const { sources, states } = followed();
  sources[0]?.say('heartbeat', heartbeat);
  vi.advanceTimersByTime(25_000);
  expect(states).toEqual(['live', 'lost']);
  expect(sources.map((each) => each.closed)).toEqual([true, false]);
  sources[1]?.say('heartbeat', heartbeat);
  expect(states).toEqual(['live', 'lost', 'live']);
});

test('a connection that breaks is lost at once, and opened again soon', () => {
  const { sources, states } = followed();
  sources[0]?.say('heartbeat', heartbeat);
  sources[0]?.say('error', undefined);
  expect(states).toEqual(['live', 'lost']);
  vi.advanceTimersByTime(3_000);
  expect(sources).toHaveLength(2);
});

test('nothing is told after it was closed', () => {
  const { sources, states, close } = followed();
  close();
  sources[0]?.say('error', undefined);
  vi.advanceTimersByTime(60_000);
  expect({ states, sources: sources.length, closed: sources[0]?.closed }).toEqual({
    states: [],
    sources: 1,
    closed: true,
  });
});

function followed() {
  const sources: Source[] = [];
  const events: StreamEvent[] = [];
  const states: string[] = [];
  const close = openStream({
    baseUrl: '',
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    open: () => {
      const source = new Source();
      sources.push(source);
      return source;
    },
  });
  return { sources, events, states, close };
}

class Source implements EventSourceLike {
  closed = false;
  readonly #listeners = new Map<string, (event: { data?: unknown }) => void>();
  addEventListener(name: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners.set(name, listener);
  }
  say(name: string, data: unknown): void {
    this.#listeners.get(name)?.({ data: JSON.stringify(data) });
  }
  close(): void {
    this.closed = true;
  }
}
