import { z } from 'zod';
import { route } from '../route.ts';
import { instant } from '../shapes.ts';
import { ledger } from './ledger.ts';
import { messageSummary } from './message.ts';
import { queue } from './queue.ts';

/** The events of the stream, by name: what a console shows live. The first of each comes at once, but of `changes`. */
export const STREAM_EVENTS = {
  /** The ledger, when it changed. */
  ledger,
  /** The queues that changed since the last event of this kind; one whose counts are all 0 has run empty. */
  queues: z.object({ queues: z.array(queue) }),
  /** Messages accepted since the last event of this kind, the latest first, at most 50. */
  messages: z.object({ messages: z.array(messageSummary) }),
  /** Operators changed things of these kinds since the last event of this kind: `route`, `credential`. Ask for them anew. */
  changes: z.object({ nouns: z.array(z.string()) }),
  /** The stream is alive. Without one for `STREAM_SILENCE_MS` the connection is lost. */
  heartbeat: z.object({ at: instant }),
} as const;

export type StreamEventName = keyof typeof STREAM_EVENTS;
export type StreamEvent = {
  [Name in StreamEventName]: { readonly name: Name; readonly data: z.output<(typeof STREAM_EVENTS)[Name]> };
}[StreamEventName];

export const STREAM_HEARTBEAT_MS = 10_000;
export const STREAM_SILENCE_MS = 25_000;

export const STREAM_ROUTES = {
  stream: route({
    method: 'GET',
    path: '/api/v1/stream',
    tag: 'Stream',
    summary: 'Live changes as server-sent events: ledger, queues, messages, changes, heartbeat',
    permission: 'signed-in',
    status: 200,
    stream: true,
    problems: [],
  }),
};
