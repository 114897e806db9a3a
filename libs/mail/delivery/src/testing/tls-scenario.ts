import {
  certificateAuthority,
  type CertificateAuthority,
  freePort,
  type Leaf,
  mailHost,
  type MailHost,
  type MailHostOptions,
  policyHost,
  type PolicyHost,
  signedInternet,
  type SignedInternet,
} from '@postern/lab';
import { Policies } from '@postern/destination-policy';
import { createResolver } from '@postern/dns-resolver';
import { policyFetcher } from '@postern/https-client';
import type { RecordedChannel } from '@postern/queue';
import { createDialer } from '@postern/smtp-socket';
import type { DeliveryContext } from '../index.ts';
import { explainDelivery, runLane } from '../index.ts';
import { laneScenario, type LaneScenario } from './lane-scenario.ts';

/** Where the policy hosts of the lab are. */
export const POLICY_ADDRESS = '127.0.8.250';

/** An internet with DNSSEC, mail hosts and policy hosts, and a lane that delivers over it. */
export interface TlsScenario {
  readonly world: LaneScenario;
  readonly context: DeliveryContext;
  /** The policies as the process knows them. */
  readonly policies: Policies;
  /** Explains a delivery over this internet. */
  explain(domain: string): ReturnType<typeof explainDelivery>;
  /** Another process takes over: all that this one knew is gone. */
  forget(): void;
  /** Puts a message for a domain into its site's queue, runs a lane, and tells what became of it. */
  deliver(domain: string, change?: DeliverChange): Promise<Fate>;
}

export interface DeliverChange {
  readonly requireTls?: boolean;
  /** The site's key, when it is not the one host `mx.<domain>`. */
  readonly hosts?: string;
  readonly change?: Partial<DeliveryContext>;
}

export interface Fate {
  readonly state: string;
  readonly reply: string;
  readonly host: string | null;
  readonly policy: string;
  readonly channel: RecordedChannel | null;
}

/** What does not change between the tests of a file. */
export interface TlsInternet extends AsyncDisposable {
  readonly dns: SignedInternet;
  readonly port: number;
  readonly ca: CertificateAuthority;
}

/** Starts a mail host at an address, on the port that all have. */
export async function labHost(
  internet: { readonly port: number },
  address: string,
  certificate: Leaf | undefined,
  options: MailHostOptions = {},
): Promise<MailHost> {
  const tls = certificate ? { tls: { key: certificate.key, cert: certificate.chain } } : {};
  return mailHost({ address, port: internet.port, ...tls, ...options });
}

export async function tlsInternet(
  zones: (about: {
    readonly ca: CertificateAuthority;
    readonly port: number;
  }) => Promise<
    Readonly<Record<string, { readonly security: 'signed' | 'unsigned' | 'bogus'; readonly records: string }>>
  >,
  dnsAddress?: string,
): Promise<TlsInternet> {
  const ca = await certificateAuthority();
  const port = await freePort('127.0.8.1');
  // Port 53 is where other programs ask, and only root may have it.
  const dnsPlace = process.getuid?.() === 0 && dnsAddress !== undefined ? { address: dnsAddress, port: 53 } : {};
  const dns = await signedInternet({ zones: await zones({ ca, port }), ...dnsPlace });
  return { dns, port, ca, [Symbol.asyncDispose]: () => dns.close() };
}

/** A policy host for any domain of the lab. */
export async function labPolicyHost(ca: CertificateAuthority, names: readonly string[]): Promise<PolicyHost> {
  return policyHost({ certificate: await ca.issue(names), address: POLICY_ADDRESS });
}

export async function tlsScenario(
  internet: TlsInternet,
  options: {
    readonly policyPort?: number;
    readonly policyDeadlineMs?: number;
    readonly cleanUp?: (work: () => Promise<void>) => void;
  } = {},
): Promise<TlsScenario> {
  const world = await laneScenario(options.cleanUp ? { cleanUp: options.cleanUp } : {});
  const resolver = createResolver({
    servers: [internet.dns],
    trustAd: 'auto',
    cache: { minTtlSeconds: 0, maxTtlSeconds: 0, maxNegativeTtlSeconds: 0, failureTtlSeconds: 0 },
  });
  const log = world.context.log;
  const policiesOf = () =>
    new Policies({
      resolver,
      store: world.store.tls,
      rules: world.store.tls,
      fetcher: policyFetcher({
        resolver,
        refuseAddress: () => undefined,
        ca: [internet.ca.certificate],
        port: options.policyPort ?? 1,
        deadlineMs: options.policyDeadlineMs ?? 3_000,
      }),
      log,
      freshMs: 0,
    });
  let policies = policiesOf();
  const context = world.another({
    resolver,
    policies: {
      sts: (domain) => policies.sts(domain),
      find: (domain) => policies.find(domain),
      notMet: (domain) => policies.notMet(domain),
      local: (about) => policies.local(about),
    },
    dialer: createDialer({ localName: 'gateway.example', ca: [internet.ca.certificate] }),
    settings: { ...world.context.settings, deliveryPort: internet.port },
  });
  return {
    world,
    context,
    get policies() {
      return policies;
    },
    explain: (domain) =>
      explainDelivery(domain, undefined, {
        ...context,
        deliveryPort: internet.port,
        hostname: 'gateway.example',
        now: () => new Date(),
        dnssec: { believed: true, because: 'the lab validates' },
      }),
    forget: () => void (policies = policiesOf()),
    async deliver(domain, { requireTls, hosts, change = {} } = {}) {
      const used = { ...context, ...change };
      const key = hosts ?? `mx.${domain}`;
      const queueId = await world.store.delivery.rememberSite({ domain, key, freshUntil: new Date(Date.now() + 9e6) });
      const { id } = await world.accept([`someone@${domain}`], {
        queueId,
        ...(requireTls === undefined ? {} : { requireTls }),
      });
      await runLane({ queueId, lane: 0 }, used, new AbortController().signal);
      const [unresolved] = await world.sql<{ queue_id: number }>(
        'select queue_id from recipients where message_id = $1',
        [id],
      );
      if (unresolved?.queue_id === 1) {
        // Its policy was to be fetched first.
        await runLane({ queueId: 1, lane: 0 }, used, new AbortController().signal);
        await runLane({ queueId, lane: 0 }, used, new AbortController().signal);
      }
      const [fate] = await world.sql<Fate>(
        `select r.state::text, a.reply_code || ' ' || coalesce(a.reply_enhanced, '') || ' ' || a.reply_text as reply,
           a.host, a.policy, a.channel
         from recipients r left join attempts a on a.message_id = r.message_id
         where r.message_id = $1 order by a.attempt desc limit 1`,
        [id],
      );
      if (!fate) throw new Error('there is no such message');
      return fate;
    },
  };
}
