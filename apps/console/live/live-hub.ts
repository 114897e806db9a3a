import type { Queue, StreamEvent } from '@postern/admin-contract';

/**
 * What the console knows of its connection: `live` while events arrive, `away` since the instant that it was lost,
 * `resting` while the page is hidden and the stream is closed on purpose.
 */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'away'; readonly since: Date }
  | { readonly kind: 'resting' };

type Listener = (event: StreamEvent) => void;

/**
 * Where the one stream of the console meets all that listen to it.
 *
 * It is no state of a component above the page: a change would reach into parts that are still being hydrated, and make
 * React throw away what the server has written there.
 */
export interface LiveHub {
  readonly connection: () => Connection;
  readonly connect: (connection: Connection) => void;
  readonly onConnection: (tell: () => void) => () => void;
  readonly tell: Listener;
  /**
   * Listens. What the stream has told since it was opened is told again first: a part of a page may begin to listen
   * after the stream's first events, which alone tell everything there is.
   */
  readonly onEvent: (listener: Listener) => () => void;
}

/** What the server knows: nothing is connected yet. */
export const CONNECTING: Connection = { kind: 'connecting' };

export function createLiveHub(): LiveHub {
  const listeners = new Set<Listener>();
  const watchers = new Set<() => void>();
  const queues = new Map<number, Queue>();
  let ledger: StreamEvent | undefined;
  let connection = CONNECTING;
  const forget = () => {
    queues.clear();
    ledger = undefined;
  };
  return {
    connection: () => connection,
    connect: (next) => {
      connection = next;
      if (next.kind !== 'live') forget();
      for (const tell of watchers) tell();
    },
    onConnection: (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    tell: (event) => {
      if (event.name === 'ledger') ledger = event;
      if (event.name === 'queues') for (const queue of event.data.queues) queues.set(queue.id, queue);
      for (const listener of listeners) listener(event);
    },
    onEvent: (listener) => {
      if (ledger) listener(ledger);
      if (queues.size > 0) listener({ name: 'queues', data: { queues: [...queues.values()] } });
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
