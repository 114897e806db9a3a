import type { SocketAddress } from './read-address.ts';
import type { Service, Values } from './variables.ts';

/** What the environment says, read and complete; paths are absolute. */
export interface Configuration {
  readonly dataDir: string;
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** Undefined: BullMQ's PostgreSQL backend. */
  readonly redisUrl: string | undefined;
  readonly hostname: string;
  /** Where each service listens; empty when it is off. */
  readonly listen: {
    readonly submission: readonly SocketAddress[];
    readonly submissions: readonly SocketAddress[];
    readonly relay: readonly SocketAddress[];
    readonly devices: readonly SocketAddress[];
    readonly devicesTls: readonly SocketAddress[];
    readonly bounces: readonly SocketAddress[];
    readonly api: readonly SocketAddress[];
    readonly console: readonly SocketAddress[];
    readonly submissionMetrics: readonly SocketAddress[];
    readonly deliveryMetrics: readonly SocketAddress[];
    readonly consoleMetrics: readonly SocketAddress[];
  };
  /** Undefined: a self-signed certificate in the data directory. */
  readonly tls: (CertificateFiles & { readonly more: readonly CertificateFiles[] }) | undefined;
  /** Of those whose word about the subjects of client certificates is taken; undefined: nobody's. */
  readonly clientAuthoritiesFile: string | undefined;
  /** The load balancers that begin with a PROXY header, as CIDRs. */
  readonly proxyNetworks: readonly string[];
  /** Undefined: no OpenID provider. */
  readonly tokens: { readonly issuer: string; readonly audience: string; readonly claim: string } | undefined;
  /** Where people reach the console; undefined: nobody said. */
  readonly consoleUrl: string | undefined;
  /** Undefined: no single sign-on. */
  readonly singleSignOn:
    | {
        readonly issuer: string;
        readonly clientId: string;
        readonly clientSecret: string;
        readonly consoleUrl: string;
        readonly name: string;
        readonly roleClaim: string;
        /** Roles by values of the claim, in the order in which they are tried. */
        readonly roles: Readonly<Record<string, string>>;
      }
    | undefined;
  readonly firstAccount: { readonly email: string; readonly password: string | undefined };
  /** Undefined: generated in the data directory (see `loadSecret`). */
  readonly secret: string | undefined;
  readonly dns: {
    /** Undefined: those of the system. */
    readonly servers: readonly SocketAddress[] | undefined;
    readonly trustAd: Values['dnsTrustAd'];
  };
  /** Undefined: no signed return-paths. */
  readonly bounceDomain: string | undefined;
  readonly deliveryPort: number;
  readonly policyPort: number;
  /** Undefined: those of Node and of the system. */
  readonly tlsRootsFile: string | undefined;
  /** CIDRs. */
  readonly allowSpecialAddresses: readonly string[];
  /** The public addresses that mail leaves from; empty: what the host name resolves to. */
  readonly sourceAddresses: readonly string[];
  /** Requests to the admin API in a minute, of each account and key. */
  readonly apiRequestsPerMinute: number;
  /** Domains of DNS block lists; empty: none is asked. */
  readonly dnsBlockLists: readonly string[];
  readonly maxMessageOctets: number;
  /** How many connections submission takes at the same time, on all its listeners together. */
  readonly connections: { readonly maxConnections: number; readonly maxConnectionsPerAddress: number };
  /** Whether Received fields name the client. */
  readonly receivedClient: Values['receivedClient'];
  readonly processes: readonly Service[];
  readonly logLevel: Values['logLevel'];
}

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}
