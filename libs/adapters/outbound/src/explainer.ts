import type { PolicyExplanation } from '@postern/admin-contract';
import type { Configuration } from '@postern/configuration';
import { explainDelivery } from '@postern/delivery';
import type { PolicyLog } from '@postern/destination-policy';
import { hasValidatingResolver } from '@postern/dns-resolver';
import type { Store } from '@postern/prisma-store';
import { routeFor, routeRules } from '@postern/queue';
import { createDialer } from '@postern/smtp-socket';
import { reach, type Reach } from './reach.ts';
import { upstreamsOf } from './upstreams-of.ts';

/** A person waits: nobody is given the minutes that mail gives. */
const STEP_MS = 8_000;

/** Explains deliveries as this installation would make them. What it reaches through is made when it is first asked. */
export function explainer(
  configuration: Configuration,
  store: Pick<Store, 'tls' | 'routes'>,
  log: PolicyLog,
): (domain: string) => Promise<PolicyExplanation> {
  let made: Reach | undefined;
  return async (domain) => {
    made ??= reach(configuration, store, log);
    const { resolver, policies, authorities, refuseAddress } = made;
    const routes = await store.routes.list();
    // Which senders a route is for cannot be known here: the first that takes the domain from everyone.
    const rules = routes.flatMap(routeRules).filter(({ senderPattern }) => senderPattern === undefined);
    const rule = routeFor(rules, { domain, reversePath: '' });
    const route = rule && routes.find(({ queueId }) => queueId === rule.queueId);
    const dialer = createDialer({ localName: configuration.hostname, ca: authorities, timeouts: TIMEOUTS });
    return explainDelivery(
      domain,
      route && {
        ...route,
        tls: route.tls === 'required' ? 'require' : route.tls,
        upstreams: upstreamsOf(route),
        auth: undefined,
      },
      {
        resolver,
        dialer,
        refuseAddress,
        policies: {
          sts: (name) => policies.stsPolicies.look(name),
          find: (name) => policies.stsPolicies.look(name),
          notMet: () => undefined,
          local: (about) => policies.local(about),
        },
        deliveryPort: configuration.deliveryPort,
        hostname: configuration.hostname,
        now: () => new Date(),
        random: Math.random,
        dnssec: await hasValidatingResolver(resolver),
      },
    );
  };
}

const TIMEOUTS = {
  connectMs: STEP_MS,
  greetingMs: STEP_MS,
  ehloMs: STEP_MS,
  tlsMs: STEP_MS,
  authMs: STEP_MS,
  quitMs: 500,
};
