import {
  STREAM_HEARTBEAT_MS,
  type AuditRecord,
  type Ledger,
  type MessageSummary,
  type Queue,
  type StreamEvent,
} from '@postern/admin-contract';
import type { AdminStore } from '@postern/administration';
import type { Logger } from '@postern/observability';

export interface Listener {
  readonly tell: (event: StreamEvent) => void;
  /** Nothing will be told any more. */
  readonly end: () => void;
}

/** What changes in the store, told to all who listen: the store is asked once for them together, and not at all for nobody. */
export interface LiveChanges {
  /** Tells what there is now, then every change, until the function that it answers is called. */
  listen(listener: Listener): () => void;
  close(): void;
}

export interface LiveChangesOptions {
  readonly store: Pick<AdminStore, 'ledger' | 'listQueues' | 'findMessages' | 'listAudit'>;
  readonly log: Logger;
  /** How often the store is asked. */
  readonly everyMs: number;
}

/** Of what there is to see, a console shows the first: so many queues by depth, and messages. */
const QUEUES = 200;
const MESSAGES = 50;
/** More changes than this in one round are told by their kinds all the same, but for those that are older. */
const CHANGES = 50;

interface Seen {
  readonly ledger: Ledger;
  readonly queues: readonly Queue[];
  readonly messages: readonly MessageSummary[];
  /** What operators did last, the latest first. */
  readonly audit: readonly Pick<AuditRecord, 'id' | 'action'>[];
}

export function liveChanges({ store, log, everyMs }: LiveChangesOptions): LiveChanges {
  const listeners = new Set<Listener>();
  let seen: Seen | undefined;
  let timer: NodeJS.Timeout | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let asking = false;
  let away = false;

  const tellAll = (events: readonly StreamEvent[]): void => {
    for (const listener of listeners) for (const event of events) listener.tell(event);
  };

  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      const now = await look(store);
      const events = changed(seen, now);
      seen = now;
      tellAll(events);
      if (away) log.info({}, 'live changes are read again');
      away = false;
    } catch (error) {
      // The listeners notice nothing but older figures; the next round asks again.
      if (!away) log.warn({ err: error }, 'live changes could not be read');
      away = true;
    } finally {
      asking = false;
      if (listeners.size > 0) timer = setTimeout(() => void ask(), everyMs);
    }
  };

  const start = (): void => {
    heartbeat = setInterval(() => tellAll([beat()]), STREAM_HEARTBEAT_MS);
    void ask();
  };
  const stop = (): void => {
    clearTimeout(timer);
    clearInterval(heartbeat);
    seen = undefined;
  };

  return {
    listen(listener) {
      listeners.add(listener);
      listener.tell(beat());
      if (listeners.size === 1) start();
      else if (seen) for (const event of changed(undefined, seen)) listener.tell(event);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) stop();
      };
    },
    close() {
      for (const listener of listeners) listener.end();
      listeners.clear();
      stop();
    },
  };
}

async function look(store: LiveChangesOptions['store']): Promise<Seen> {
  const queueQuery = {
    sort: 'depth',
    order: 'descending',
    show: 'waiting',
    kind: undefined,
    nameContains: undefined,
  } as const;
  const audit = { actor: undefined, action: undefined, subject: undefined, since: undefined, until: undefined };
  const [ledger, queues, messages, done] = await Promise.all([
    store.ledger(),
    store.listQueues({ ...queueQuery, after: undefined, limit: QUEUES }),
    store.findMessages({ conditions: [], after: undefined, limit: MESSAGES }),
    store.listAudit({ ...audit, order: 'descending', after: undefined, limit: CHANGES }),
  ]);
  return { ledger, queues, messages: messages.messages, audit: done };
}

/** The events that lead from what was seen before to what is seen now. */
export function changed(before: Seen | undefined, now: Seen): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  if (!before || !same(before.ledger, now.ledger)) events.push({ name: 'ledger', data: now.ledger });
  const queues = [...changedQueues(before?.queues ?? [], now.queues)];
  if (!before || queues.length > 0) events.push({ name: 'queues', data: { queues } });
  const newest = before?.messages[0]?.id;
  const messages = now.messages.filter((message) => newest === undefined || message.id > newest);
  if (!before || messages.length > 0) events.push({ name: 'messages', data: { messages } });
  const nouns = before ? nounsSince(before, now) : [];
  if (nouns.length > 0) events.push({ name: 'changes', data: { nouns } });
  return events;
}

/** The kinds of things that operators changed since. */
function nounsSince(before: Seen, now: Seen): string[] {
  const last = BigInt(before.audit[0]?.id ?? 0);
  const fresh = now.audit.filter(({ id }) => BigInt(id) > last);
  return [...new Set(fresh.map(({ action }) => action.split('.')[0] ?? action))];
}

/** Queues that changed, and those that are gone from the list, as empty ones. */
function* changedQueues(before: readonly Queue[], now: readonly Queue[]): Iterable<Queue> {
  const known = new Map(before.map((queue) => [queue.id, queue]));
  for (const queue of now) {
    const old = known.get(queue.id);
    known.delete(queue.id);
    if (!old || !same(old, queue)) yield queue;
  }
  const counts = { queued: 0, sending: 0, deferred: 0, held: 0 };
  // A full list says nothing about the queues that are not on it.
  if (now.length < QUEUES)
    for (const gone of known.values()) yield { ...gone, counts, oldestAcceptedAt: null, nextDueAt: null };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function beat(): StreamEvent {
  return { name: 'heartbeat', data: { at: new Date().toISOString() } };
}
