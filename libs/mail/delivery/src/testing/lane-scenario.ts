import { testDatabase } from '@postern/database';
import { createResolver } from '@postern/dns-resolver';
import { type MailHost, mailHost, type MailHostOptions, type ZoneServer, zoneServer } from '@postern/lab';
import { createStore, type Store } from '@postern/prisma-store';
import {
  DEFAULT_RETRY_SCHEDULE,
  type Lane,
  newMessageId,
  type NewMessage,
  type QueueId,
  systemClock,
} from '@postern/queue';
import { createDialer } from '@postern/smtp-socket';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import {
  AwakeLanes,
  DEFAULT_DELIVERY_SETTINGS,
  type DeliveryContext,
  NO_POLICIES,
  NO_SOURCES,
  DueWatch,
  OutcomeRecorder,
  PaceBook,
  runLane,
  WorkSignal,
} from '../index.ts';

/** Lanes over the real store, resolver and dialer, with a mail host `mx.example` that serves `example.com` and takes everything. */
export interface LaneScenario {
  readonly store: Store;
  readonly zone: ZoneServer;
  readonly host: MailHost;
  readonly context: DeliveryContext;
  /** The site queue of `mx.example`. */
  readonly site: QueueId;
  /** Which lanes were asked to run. */
  readonly woken: readonly Lane[];
  readonly warnings: readonly string[];
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Puts a message into a queue, the site's by default, one recipient for each address. */
  accept(to?: readonly string[], change?: Partial<NewMessage> & { readonly queueId?: QueueId }): Promise<NewMessage>;
  run(queueId?: QueueId, signal?: AbortSignal): Promise<void>;
  /** The states of all recipients by forward-path. */
  states(): Promise<Readonly<Record<string, string>>>;
  /** Another context over the same store, as another process has it. */
  another(change?: Partial<DeliveryContext>): DeliveryContext;
  /** A context with a store of its own: its connections, its seats, what it knows of paces. */
  otherProcess(): DeliveryContext;
}

const RECORDS = `
  example.com.  300 MX 10 mx.example.
  example.net.  300 MX 10 mx.example.
  mx.example.   300 A  127.0.0.2
`;

export async function laneScenario(
  options: {
    readonly host?: MailHostOptions;
    readonly settings?: Partial<DeliveryContext['settings']>;
    /** Hears how to clean up; when the test has finished, when nobody is named. */
    readonly cleanUp?: (work: () => Promise<void>) => void;
  } = {},
): Promise<LaneScenario> {
  const database = await testDatabase();
  const warnings: string[] = [];
  const warn = (_facts: object, event: string) => void warnings.push(event);
  const log = { debug: () => undefined, info: () => undefined, warn, error: warn };
  const store = createStore({ databaseUrl: database.url, poolSize: 6, log });
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  pool.on('error', () => undefined);
  // The database goes with its test, and may be quicker than a connection that is being closed.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const zone = await zoneServer({ records: RECORDS });
  const host = await mailHost({ address: '127.0.0.2', ...options.host });
  const resolver = createResolver({
    servers: [zone],
    trustAd: 'auto',
    timeoutMs: 250,
    attempts: 1,
    cache: { minTtlSeconds: 0, failureTtlSeconds: 0, maxNegativeTtlSeconds: 0, maxTtlSeconds: 0 },
  });
  (options.cleanUp ?? onTestFinished)(async () => {
    await store.close();
    await pool.end();
    await host.close();
    await zone.close();
    await resolver.close?.();
    await database.close();
  });
  const woken: Lane[] = [];
  const another = (change: Partial<DeliveryContext> = {}): DeliveryContext => ({
    settings: {
      ...DEFAULT_DELIVERY_SETTINGS,
      deliveryPort: host.port,
      hostname: 'gateway.example',
      schedule: DEFAULT_RETRY_SCHEDULE,
      lingerMs: 0,
      ...options.settings,
    },
    store: store.delivery,
    pace: store.pace,
    sources: NO_SOURCES,
    book: new PaceBook({ store: store.pace, clock: systemClock, log }),
    watch: new DueWatch(systemClock),
    routes: { byQueue: () => Promise.resolve({ kind: 'gone' }), rules: () => Promise.resolve([]) },
    resolver,
    policies: NO_POLICIES,
    dialer: createDialer({ localName: 'gateway.example' }),
    alarm: { wake: (lane) => void woken.push(lane) },
    work: new WorkSignal(),
    awake: new AwakeLanes(),
    recorder: new OutcomeRecorder({ store: store.delivery, log, retryMs: 20 }),
    clock: systemClock,
    log,
    random: Math.random,
    refuseAddress: () => undefined,
    ...change,
  });
  const context = another();
  const site = await store.delivery.rememberSite({ domain: 'example.com', key: 'mx.example', freshUntil: new Date() });
  const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>(text, [...values])).rows;
  return {
    store,
    zone,
    host,
    context,
    site,
    woken,
    warnings,
    sql,
    another,
    otherProcess: () => {
      const own = createStore({ databaseUrl: database.url, poolSize: 3, log });
      onTestFinished(() => own.close());
      return another({
        store: own.delivery,
        pace: own.pace,
        book: new PaceBook({ store: own.pace, clock: systemClock, log }),
        recorder: new OutcomeRecorder({ store: own.delivery, log, retryMs: 20 }),
      });
    },
    accept: async (to = ['someone@example.com'], { queueId = site, ...change } = {}) => {
      const given = message(to, queueId, change);
      await store.accept.accept([given]);
      return given;
    },
    run: (queueId = site, signal = new AbortController().signal) => runLane({ queueId, lane: 0 }, context, signal),
    states: async () => {
      const rows = await sql<{ forward_path: string; state: string }>('select forward_path, state from recipients');
      return Object.fromEntries(rows.map((row) => [row.forward_path, row.state]));
    },
  };
}

function message(to: readonly string[], queueId: QueueId, change: Partial<NewMessage>): NewMessage {
  const content = Buffer.from('Subject: hello\r\n\r\nhello\r\n');
  return {
    id: newMessageId(Date.now()),
    acceptedAt: new Date(),
    reversePath: 'sender@example.org',
    recipients: to.map((forwardPath) => ({
      forwardPath,
      domain: forwardPath.slice(forwardPath.lastIndexOf('@') + 1),
      queueId,
    })),
    origin: {
      listener: 'submission',
      clientAddress: '127.0.0.1',
      clientName: 'client.example.org',
      credentialId: undefined,
      networkId: undefined,
      tls: undefined,
    },
    sizeOctets: content.length,
    body: '7BIT',
    smtpUtf8: false,
    headerFrom: 'sender@example.org',
    subject: 'hello',
    messageIdField: '<hello@example.org>',
    traceFields: Buffer.from('Received: from client.example.org\r\n'),
    content: { kind: 'inline', octets: content },
    ...change,
  };
}
