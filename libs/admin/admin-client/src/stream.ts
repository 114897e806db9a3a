import {
  ROUTES,
  STREAM_EVENTS,
  STREAM_SILENCE_MS,
  type StreamEvent,
  type StreamEventName,
} from '@postern/admin-contract';

/** What the stream needs of an `EventSource`; the browser's own is one. */
export interface EventSourceLike {
  addEventListener(name: string, listener: (event: { readonly data?: unknown }) => void): void;
  close(): void;
}

export interface StreamOptions {
  /** Where the API is; empty for the page's own origin. */
  readonly baseUrl: string;
  readonly onEvent: (event: StreamEvent) => void;
  /** `live`: events arrive. `lost`: none has for a while, or the connection broke; what is shown may be old. */
  readonly onState: (state: 'live' | 'lost') => void;
  readonly open?: (url: string) => EventSourceLike;
}

/**
 * Follows the live changes until the function that it answers is called. A connection that breaks, or that stays silent
 * past its heartbeat, is told as `lost` and opened again.
 */
export function openStream(options: StreamOptions): () => void {
  const { onState, open = openEventSource } = options;
  let source: EventSourceLike;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let state: 'live' | 'lost' | undefined;
  let closed = false;

  const tell = (next: 'live' | 'lost'): void => {
    if (state !== next) onState((state = next));
  };
  const listenOn = (milliseconds: number): void => {
    clearTimeout(silence);
    silence = setTimeout(reopen, milliseconds);
  };
  const reopen = (): void => {
    tell('lost');
    source.close();
    start();
  };
  const start = (): void => {
    source = follow(open(`${options.baseUrl}${ROUTES.stream.path}`), (event) => {
      if (closed) return;
      tell('live');
      listenOn(STREAM_SILENCE_MS);
      options.onEvent(event);
    });
    source.addEventListener('error', () => {
      if (closed) return;
      tell('lost');
      // An EventSource that was refused does not try again by itself.
      listenOn(REOPEN_AFTER_MS);
    });
    listenOn(STREAM_SILENCE_MS);
  };

  start();
  return () => {
    closed = true;
    clearTimeout(silence);
    source.close();
  };
}

const REOPEN_AFTER_MS = 3_000;

/** Hands on every event of the source that is as the contract says; another version's event is not ours to show. */
function follow(source: EventSourceLike, onEvent: (event: StreamEvent) => void): EventSourceLike {
  for (const name of Object.keys(STREAM_EVENTS)) {
    source.addEventListener(name, ({ data }) => {
      const event = parseStreamEvent(name, data);
      if (event) onEvent(event);
    });
  }
  return source;
}

/** Reads one event of the stream; undefined when it is not as the contract says. */
export function parseStreamEvent(name: string, data: unknown): StreamEvent | undefined {
  if (!isEventName(name) || typeof data !== 'string') return undefined;
  try {
    const parsed = STREAM_EVENTS[name].safeParse(JSON.parse(data));
    return parsed.success ? asEvent(name, parsed.data) : undefined;
  } catch {
    return undefined;
  }
}

function isEventName(name: string): name is StreamEventName {
  return Object.hasOwn(STREAM_EVENTS, name);
}

/** The data was parsed by the schema of this very name. */
function asEvent(name: StreamEventName, data: unknown): StreamEvent {
  return { name, data } as StreamEvent;
}

function openEventSource(url: string): EventSourceLike {
  const source: unknown = Reflect.get(globalThis, 'EventSource');
  if (typeof source !== 'function') throw new Error('this environment has no EventSource');
  return Reflect.construct(source, [url]);
}
