import type { PolicyExplanation, RouteTest } from '@postern/admin-contract';
import type { Resolver } from '@postern/dns';
import type { AlarmClock, Clock } from '@postern/queue';
import type { Keys } from '@postern/sealing';
import type { FetchPolicyFile, Sources } from '@postern/sending-domain';
import type { Actor } from './actor.ts';
import type { AdminStore } from './ports/admin-store.ts';
import type { Machine } from './ports/machine.ts';

/** What a verb acts with. */
export interface Context {
  readonly actor: Actor;
  readonly store: AdminStore;
  readonly clock: Clock;
  readonly keys: Pick<Keys, 'credentialHashKey' | 'apiKeyHashKey' | 'sealKey' | 'unsubscribeKey'>;
  /** What our mail comes from. */
  readonly sources: Sources;
  /** What a delivery to a domain would have to prove now, and what its hosts prove; sends no mail. */
  readonly explainDelivery: (domain: string) => Promise<PolicyExplanation>;
  /** Speaks with each host of a route (by its name) without sending anything; not everybody can. */
  readonly rehearseRoute?: (
    name: string,
    mail: { readonly sender: string; readonly recipient: string },
  ) => Promise<RouteTest>;
  /** Fetches the policy file of MTA-STS of a domain. */
  readonly fetchPolicy: FetchPolicyFile;
  /** The DNS, as this machine sees it. */
  readonly resolver: Resolver;
  /** The machine that answers. */
  readonly machine: Machine;
  /** DNS block lists that checks ask about the sources. */
  readonly blockLists: readonly string[];
  /** Wakes the lanes of queues in which a command made something due. */
  readonly alarmClock: AlarmClock;
}
