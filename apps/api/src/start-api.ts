import type { Server } from 'node:http';
import { checkSecret } from '@postern/administration';
import { loadSecret, type Configuration } from '@postern/configuration';
import { createResolver } from '@postern/dns-resolver';
import { createMachine } from '@postern/machine';
import { type Blocked, createMetrics, type Logger, watchEventLoop, measurePools } from '@postern/observability';
import { createStore, type Store } from '@postern/prisma-store';
import { dnssecProbe, explainer, policyFetcherOf, rehearser, sourcesOf } from '@postern/outbound';
import { systemClock, type AlarmClock } from '@postern/queue';
import { deriveKeys } from '@postern/sealing';
import { createAuth } from './accounts/auth.ts';
import { relyingPartyOf } from './accounts/relying-party.ts';
import { secondFactorsOf } from './accounts/second-factors.ts';
import { singleSignOnOf, singleSignOnOptions } from './accounts/single-sign-on.ts';
import { sessionsOf } from './accounts/sessions.ts';
import { reportPace } from './pace-metrics.ts';
import { createServer } from './create-server.ts';
import { installationMetrics } from './health/installation-metrics.ts';
import { listen } from './listen.ts';
import { countReturnPaths } from './metrics-of-bounces.ts';
import { rateLimit } from './requests/rate-limit.ts';
import { liveChanges } from './stream/live-changes.ts';

export interface RunningApi {
  /** Where it listens: `http://127.0.0.1:3001`. */
  readonly urls: readonly string[];
  stop(): Promise<void>;
}

/** How often the store is asked for what streams show. */
const STREAM_EVERY_MS = 2_000;
/** Answers that are under way at the end have this long. */
const LAST_ANSWERS_MS = 2_000;

/** Who takes nothing of a file for so long is let go. */
const MOST_IDLE_MS = 60_000;

/** How old an answer of the DNS may be in a check. */
const FRESH = { minTtlSeconds: 0, maxTtlSeconds: 2, maxNegativeTtlSeconds: 2 } as const;

/** Starts the admin API on the addresses of the configuration. */
export async function startApi(
  configuration: Configuration,
  log: Logger,
  { mostIdleMs = MOST_IDLE_MS } = {},
): Promise<RunningApi> {
  const { databaseUrl } = configuration;
  if (databaseUrl === undefined) {
    throw new Error('DATABASE_URL is not set: run everything with `npm start`, which starts a database, or name one');
  }
  const keys = deriveKeys(loadSecret(configuration));
  const store = createStore({ databaseUrl, poolSize: 8, log });
  // Operators look again after they have published something: what was found a moment ago must not be the answer.
  const resolver = createResolver({
    ...configuration.dns,
    log,
    cache: FRESH,
  });
  const metrics = createMetrics({ service: 'api' });
  measurePools(metrics, () => store.poolUse());
  installationMetrics(metrics, { store: store.admin, log });
  const dnssec = dnssecProbe(configuration);
  const validating = metrics.gauge({
    name: 'postern_dnssec_validating',
    help: '1 when a validating resolver is asked and believed; 0: DANE is off',
    labels: {},
  });
  metrics.beforeRead(async () => validating.set({}, (await dnssec()).believed ? 1 : 0));
  countReturnPaths(metrics, store.admin);
  reportPace(metrics, store);
  const raise = (event: Blocked) => store.admin.change((made) => made.raiseEvent(event));
  const eventLoop = watchEventLoop({ service: 'api', log, raise });
  const changes = liveChanges({ store: store.admin, log, everyMs: STREAM_EVERY_MS });
  const auth = createAuth({
    database: store.pool,
    sessionKey: keys.sessionKey,
    log,
    singleSignOn: configuration.singleSignOn && singleSignOnOptions(configuration.singleSignOn),
  });
  const sessions = sessionsOf(auth, (hash) => store.admin.holdsPassword(hash));
  const app = await createServer({
    context: {
      store: store.admin,
      clock: systemClock,
      keys,
      resolver,
      machine: createMachine({ configuration, resolver, store }),
      blockLists: configuration.dnsBlockLists,
      sources: sourcesOf(configuration),
      fetchPolicy: policyFetcherOf(configuration, resolver),
      explainDelivery: explainer(configuration, store, log),
      rehearseRoute: rehearser(configuration, store, { sealKey: keys.sealKey, log }),
      alarmClock: nudges(store, log),
    },
    store: store.admin,
    together: (work) => store.together(work),
    sessions,
    secondFactors: secondFactorsOf(auth, sessions),
    singleSignOn: configuration.singleSignOn && singleSignOnOf(auth, sessions, configuration.singleSignOn.name),
    relyingParty: relyingPartyOf(configuration.consoleUrl),
    rateLimit: rateLimit({ store: store.admin, clock: systemClock, perMinute: configuration.apiRequestsPerMinute }),
    changes,
    database: { now: () => store.now() },
    eventLoop,
    mostIdleMs,
    metrics,
    log,
  });

  const others: Server[] = [];
  const stop = async (): Promise<void> => {
    eventLoop.stop();
    changes.close();
    for (const server of others) server.close();
    // What is asked now is answered; who reads a long answer slowly, or kept a connection for later, is let go.
    const cut = setTimeout(() => {
      for (const server of [app.getHttpServer(), ...others]) server.closeAllConnections();
    }, LAST_ANSWERS_MS);
    await app.close();
    clearTimeout(cut);
    await Promise.all([store.close(), resolver.close()]);
  };
  try {
    await checkSecret(store.admin, keys);
    const listening = await listen(app, configuration.listen.api);
    others.push(...listening.others);
    for (const url of listening.urls) log.info({ url }, 'listening');
    return { urls: listening.urls, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Wakes queues by telling the delivery processes; a nudge that is lost is made up for by their sweep. */
function nudges(store: Store, log: Logger): AlarmClock {
  return {
    wake: ({ queueId }) => {
      store.notifyWork([queueId]).catch((err: unknown) => log.warn({ err, queueId }, 'nudge not told'));
    },
  };
}
