import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { alarmBackend, eventsKept, LANES, throttledClock, useAlarmBackend } from '@postern/bullmq-queue';
import { type Configuration, loadSecret } from '@postern/configuration';
import {
  AwakeLanes,
  DEFAULT_DELIVERY_SETTINGS,
  type DeliveryContext,
  DueWatch,
  OutcomeRecorder,
  PaceBook,
  WorkSignal,
} from '@postern/delivery';
import {
  type Blocked,
  type EventLoopWatch,
  logger,
  type Logger,
  watchEventLoop,
  createMetrics,
  measurePools,
  type Metrics,
  MetricsListener,
} from '@postern/observability';
import { createStore, type Store } from '@postern/prisma-store';
import { DEFAULT_RETRY_SCHEDULE, systemClock } from '@postern/queue';
import { deriveKeys } from '@postern/sealing';
import type { KeepingContext } from '@postern/sending-domain';
import { reach, type Reach, sourcesOf } from '@postern/outbound';
import { SessionResults } from '@postern/tls-reporting';
import { closedLast } from '@postern/service-process';
import { createDialer } from '@postern/smtp-socket';
import type { Queue } from 'bullmq';
import { DomainKeeper } from './domain-keeper.ts';
import { AlarmKeeper } from './alarm-keeper.ts';
import { ActiveRules } from './active-rules.ts';
import { epochFile } from './epoch-file.ts';
import { LanesProcessor } from './lanes.processor.ts';
import { measuredDelivery, measuredLanes } from './measured-delivery.ts';
import { OperationsRunner } from './operations-runner.ts';
import { Reporter } from './reporter.ts';
import { RetryDirectory } from './retry-directory.ts';
import { ReturnPathSigner } from './return-path-signer.ts';
import { RouteDirectory } from './route-directory.ts';
import { SourceDirectory } from './source-directory.ts';
import { Sweeper } from './sweeper.ts';
import {
  CONFIGURATION,
  CONTEXT,
  EVENT_LOOP,
  KEEPING,
  LOG,
  REACH,
  RESULTS,
  STOPPING,
  STORE,
  STORE_LIFETIME,
  METRICS,
} from './tokens.ts';
import { TlsKeeper } from './tls-keeper.ts';

/** The lanes of this process and what they reach: the store, the alarm clock, the DNS, the network. */
@Module({})
export class DeliveryModule {
  static with(configuration: Configuration, databaseUrl: string): DynamicModule {
    const backend = alarmBackend({ redisUrl: configuration.redisUrl, databaseUrl });
    const connection = useAlarmBackend(backend);
    const streams = { events: { maxLen: eventsKept(backend) } };
    return {
      module: DeliveryModule,
      imports: [BullModule.forRoot({ connection }), BullModule.registerQueue({ name: LANES, streams })],
      providers: [
        { provide: CONFIGURATION, useValue: configuration },
        { provide: LOG, useFactory: () => logger({ service: 'delivery', level: configuration.logLevel }) },
        {
          provide: STORE,
          inject: [LOG],
          useFactory: (log: Logger) =>
            createStore({ databaseUrl, poolSize: 12, log, epochMemory: epochFile(configuration.dataDir, log) }),
        },
        {
          provide: METRICS,
          inject: [STORE],
          useFactory: (store: Store) => {
            const metrics = createMetrics({ service: 'delivery' });
            measurePools(metrics, () => store.poolUse());
            return metrics;
          },
        },
        { provide: STOPPING, useFactory: () => new AbortController() },
        { provide: RESULTS, useFactory: () => new SessionResults() },
        {
          provide: REACH,
          inject: [STORE, LOG],
          useFactory: (store: Store, log: Logger) => reach(configuration, store, log),
        },
        {
          provide: CONTEXT,
          inject: [STORE, getQueueToken(LANES), LOG, REACH, RESULTS, METRICS],
          useFactory: context.bind(undefined, configuration),
        },
        {
          provide: KEEPING,
          inject: [STORE, REACH, LOG],
          useFactory: keeping.bind(undefined, configuration),
        },
        { provide: EVENT_LOOP, inject: [STORE, LOG], useFactory: eventLoop },
        LanesProcessor,
        {
          provide: MetricsListener,
          inject: [METRICS, LOG],
          useFactory: (metrics: Metrics, log: Logger) =>
            new MetricsListener({ metrics, addresses: configuration.listen.deliveryMetrics, log }),
        },
        DomainKeeper,
        {
          provide: AlarmKeeper,
          inject: [STOPPING, LOG],
          useFactory: (stopping: AbortController, log: Logger) => new AlarmKeeper(backend, stopping, log),
        },
        Sweeper,
        Reporter,
        OperationsRunner,
        TlsKeeper,
        { provide: STORE_LIFETIME, inject: [STORE], useFactory: closedLast },
      ],
    };
  }
}

function eventLoop(store: Store, log: Logger): EventLoopWatch {
  const raise = (event: Blocked) => store.admin.change((changes) => changes.raiseEvent(event));
  return watchEventLoop({ service: 'delivery', log, raise });
}

function context(
  configuration: Configuration,
  store: Store,
  queue: Queue,
  log: Logger,
  { resolver, policies, authorities, refuseAddress }: Reach,
  results: SessionResults,
  metrics: Metrics,
): DeliveryContext {
  const delivery = measuredDelivery(store.delivery, metrics);
  const awake = measuredLanes(new AwakeLanes(), metrics);
  return {
    settings: {
      ...DEFAULT_DELIVERY_SETTINGS,
      deliveryPort: configuration.deliveryPort,
      hostname: configuration.hostname,
      schedule: DEFAULT_RETRY_SCHEDULE,
    },
    store: delivery,
    pace: store.pace,
    sources: new SourceDirectory(store.sources, log),
    book: new PaceBook({ store: store.pace, clock: systemClock, log }),
    watch: new DueWatch(systemClock),
    routes: new RouteDirectory(store.routes, { sealKey: deriveKeys(loadSecret(configuration)).sealKey, log }),
    schedules: new RetryDirectory(store.retries, log),
    resolver,
    policies,
    results,
    dialer: createDialer({ localName: configuration.hostname, ca: authorities }),
    alarm: throttledClock({ queue, log }),
    work: new WorkSignal(),
    awake,
    recorder: new OutcomeRecorder({ store: delivery, log }),
    clock: systemClock,
    log,
    random: Math.random,
    classify: new ActiveRules(store, log).classify,
    ...returnPaths(configuration, store, log),
    refuseAddress,
  };
}

function returnPaths(configuration: Configuration, store: Store, log: Logger): Pick<DeliveryContext, 'returnPath'> {
  const { bounceDomain: domain } = configuration;
  if (domain === undefined) return {};
  const key = deriveKeys(loadSecret(configuration)).returnPathKey;
  return { returnPath: new ReturnPathSigner(store, { paths: { domain, key }, log }).sign };
}

function keeping(
  configuration: Configuration,
  store: Store,
  { resolver, fetchPolicy }: Reach,
  log: Logger,
): KeepingContext {
  return {
    store: store.domains,
    clock: systemClock,
    resolver,
    sources: sourcesOf(configuration),
    fetchPolicy,
    blockLists: configuration.dnsBlockLists,
    sealKey: deriveKeys(loadSecret(configuration)).sealKey,
    log,
  };
}
