import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { alarmBackend, LANES, throttledClock, useAlarmBackend } from '@postern/bullmq-queue';
import { type Configuration, loadSecret } from '@postern/configuration';
import { createResolver } from '@postern/dns-resolver';
import {
  type Blocked,
  createMetrics,
  type EventLoopWatch,
  logger,
  type Logger,
  measurePools,
  type Metrics,
  MetricsListener,
  watchEventLoop,
} from '@postern/observability';
import { openIdTokenVerifier } from '@postern/openid-provider';
import { createStore, type Store } from '@postern/prisma-store';
import { type AlarmClock, systemClock } from '@postern/queue';
import { returnedMailPolicy, withTlsReports } from '@postern/reports';
import { deriveKeys } from '@postern/sealing';
import { SigningDirectory } from '@postern/sending-domain';
import { closedLast } from '@postern/service-process';
import type { SubmissionPolicy } from '@postern/smtp-server';
import {
  AbuseGuard,
  Clients,
  DEFAULT_SUBMISSION_LIMITS,
  GroupCommit,
  GuessGuard,
  OpenSessions,
  RateLimiter,
  markingSuppressed,
  refusingSuppressed,
  SiteDirectory,
  submissionPolicy,
  type Submitter,
  Turns,
} from '@postern/submission';
import type { Queue } from 'bullmq';
import { ClientCertificates } from './client-certificates.ts';
import { Housekeeping } from './housekeeping.ts';
import { Listeners } from './listeners.ts';
import { measuredAccept } from './measured-accept.ts';
import { ReturnPathTries } from './return-path-tries.ts';
import { RouteTable } from './route-table.ts';
import { SubmitterWatch } from './submitter-watch.ts';
import {
  ALARM,
  CLIENT_CERTIFICATES,
  CLIENTS,
  CONFIGURATION,
  EVENT_LOOP,
  GUARD,
  GUESSES,
  LOG,
  METRICS,
  POLICY,
  RATES,
  RETURNED,
  ROUTES,
  SESSIONS,
  STORE,
  STORE_LIFETIME,
  SUPPRESSIONS,
} from './tokens.ts';
import { SuppressionWatch } from './suppression-watch.ts';
import { workTeller } from './work-teller.ts';

/** Connections to the database: half of them for the chunks of large contents, the others for everything that is short. */
const POOL_SIZE = 6;

/** The SMTP listeners and what they reach: the store, the alarm clock, the policy. */
@Module({})
export class SubmissionModule {
  static with(configuration: Configuration, databaseUrl: string): DynamicModule {
    const connection = useAlarmBackend(alarmBackend({ redisUrl: configuration.redisUrl, databaseUrl }));
    return {
      module: SubmissionModule,
      imports: [BullModule.forRoot({ connection }), BullModule.registerQueue({ name: LANES, skipMetasUpdate: true })],
      providers: [
        { provide: CONFIGURATION, useValue: configuration },
        { provide: LOG, useFactory: () => logger({ service: 'submission', level: configuration.logLevel }) },
        {
          provide: STORE,
          inject: [LOG],
          useFactory: (log: Logger) => createStore({ databaseUrl, poolSize: POOL_SIZE, log }),
        },
        {
          provide: METRICS,
          inject: [STORE],
          useFactory: (store: Store) => {
            const metrics = createMetrics({ service: 'submission' });
            measurePools(metrics, () => store.poolUse());
            return metrics;
          },
        },
        { provide: ALARM, inject: [getQueueToken(LANES), LOG], useFactory: alarm },
        {
          provide: CLIENTS,
          inject: [STORE],
          useFactory: (store: Store) => new Clients(store.credentials, systemClock),
        },
        {
          provide: SESSIONS,
          inject: [STORE, LOG],
          useFactory: (store: Store, log: Logger) =>
            new OpenSessions({
              store: store.submitters,
              onFault: (cause) => log.warn({ err: cause }, 'session not counted out, its lease ends by itself'),
            }),
        },
        {
          provide: RATES,
          inject: [STORE, LOG],
          useFactory: (store: Store, log: Logger) =>
            new RateLimiter({
              store: store.submitters,
              clock: systemClock,
              onFault: (cause) => log.warn({ err: cause }, 'what was reserved for a message not given back'),
            }),
        },
        {
          provide: GUESSES,
          inject: [STORE, LOG],
          useFactory: (store: Store, log: Logger) =>
            new GuessGuard({
              store: store.guesses,
              clock: systemClock,
              onFault: (cause) => log.warn({ err: cause }, 'failed authentications not shared'),
            }),
        },
        {
          provide: GUARD,
          inject: [STORE, LOG],
          useFactory: (store: Store, log: Logger) =>
            new AbuseGuard({
              store: store.guard,
              clock: systemClock,
              onFault: (cause) => log.warn({ err: cause }, 'abuse guard learned nothing'),
            }),
        },
        {
          provide: ROUTES,
          inject: [STORE, LOG],
          useFactory: (store: Store, log: Logger) => RouteTable.start(store, log),
        },
        { provide: RETURNED, inject: [STORE, LOG], useFactory: returnedMail.bind(undefined, configuration) },
        {
          provide: SUPPRESSIONS,
          inject: [STORE, LOG],
          useFactory: (store: Store, log: Logger) => SuppressionWatch.start(store, log),
        },
        {
          provide: POLICY,
          inject: [STORE, CLIENTS, SESSIONS, RATES, GUESSES, GUARD, ROUTES, ALARM, LOG, SUPPRESSIONS, METRICS],
          useFactory: policy.bind(undefined, configuration),
        },
        {
          provide: CLIENT_CERTIFICATES,
          inject: [STORE, LOG],
          useFactory: (store: Store, log: Logger) => ClientCertificates.start(store, log),
        },
        { provide: EVENT_LOOP, inject: [STORE, LOG], useFactory: eventLoop },
        Housekeeping,
        Listeners,
        {
          provide: MetricsListener,
          inject: [METRICS, LOG],
          useFactory: (metrics: Metrics, log: Logger) =>
            new MetricsListener({ metrics, addresses: configuration.listen.submissionMetrics, log }),
        },
        SubmitterWatch,
        { provide: STORE_LIFETIME, inject: [STORE], useFactory: closedLast },
      ],
    };
  }
}

function eventLoop(store: Store, log: Logger): EventLoopWatch {
  const raise = (event: Blocked) => store.admin.change((changes) => changes.raiseEvent(event));
  return watchEventLoop({ service: 'submission', log, raise });
}

function alarm(queue: Queue, log: Logger): AlarmClock {
  queue.on('error', (cause) => log.warn({ err: cause }, 'alarm clock does not answer, the sweep will make up for it'));
  return throttledClock({ queue, log });
}

/** Without a bounce domain there is no listener for it either. */
function returnedMail(configuration: Configuration, store: Store, log: Logger): SubmissionPolicy {
  const key = deriveKeys(loadSecret(configuration)).returnPathKey;
  const paths = { domain: configuration.bounceDomain ?? 'invalid', key };
  const tries = new ReturnPathTries(store, log);
  const returned = returnedMailPolicy({
    paths,
    store: store.returned,
    clock: systemClock,
    log,
    counted: (token) => tries.count(token),
  });
  const address = `tls-reports@${paths.domain}`;
  return withTlsReports(returned, {
    address,
    inbox: store.tlsReports,
    resolver: createResolver({ ...configuration.dns, log }),
    log,
  });
}

function policy(
  configuration: Configuration,
  store: Store,
  clients: Clients,
  sessions: OpenSessions,
  rates: RateLimiter,
  guesses: GuessGuard,
  guard: AbuseGuard,
  routes: RouteTable,
  clock: AlarmClock,
  log: Logger,
  { suppressions }: SuppressionWatch,
  metrics: Metrics,
): SubmissionPolicy<Submitter> {
  const { credentialHashKey, sealKey, unsubscribeKey } = deriveKeys(loadSecret(configuration));
  const submission = submissionPolicy({
    hostname: configuration.hostname,
    receivedClient: configuration.receivedClient,
    clients,
    sessions,
    rates,
    guesses,
    guard,
    store: store.accept,
    commits: markingSuppressed(new GroupCommit({ store: measuredAccept(store.accept, metrics) }), suppressions),
    sites: new SiteDirectory(store.accept, systemClock),
    unsubscribeKey,
    signing: new SigningDirectory({ store: store.signing, clock: systemClock, sealKey, log }),
    turns: new Turns(POOL_SIZE / 2),
    routes: () => routes.rules,
    clock: systemClock,
    log,
    tokens: configuration.tokens && openIdTokenVerifier(configuration.tokens),
    accepted: workTeller(clock, store),
    limits: DEFAULT_SUBMISSION_LIMITS,
    hashKey: credentialHashKey,
  });
  return refusingSuppressed(submission, suppressions);
}
