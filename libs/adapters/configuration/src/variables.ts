import { parseDomain } from '@postern/smtp';
import { addressList, domainList } from './read-list.ts';
import { cidrList } from './read-cidr-list.ts';
import { listenAddresses, nameServers } from './read-address.ts';
import { oneOf, someOf } from './read-choice.ts';
import { wholeNumber } from './read-number.ts';
import { directory, readableFile, readableFiles } from './read-path.ts';
import { claimName, emailAddress, hostName, longText } from './read-text.ts';
import { roleMap } from './read-role-map.ts';
import { issuerUrl, originUrl, serverUrl } from './read-url.ts';
import type { Reader, Surroundings } from './reading.ts';

/** The services that one machine can run. */
export const SERVICES = ['submission', 'delivery', 'api', 'console'] as const;
export type Service = (typeof SERVICES)[number];

/** One environment variable: how it is read, what it is when unset, and what it means to an operator. */
export interface Variable<T> {
  readonly name: string;
  readonly read: Reader<T>;
  /** The value when the variable is unset or empty. */
  readonly unset: (surroundings: Surroundings) => T;
  /** The default as the documentation says it. */
  readonly says: string;
  readonly meaning: string;
  /** Whether the value is a secret, or may hold one: it is never shown. */
  readonly secret: boolean;
}

/** Every variable that Postern reads. */
export const VARIABLES = {
  dataDir: defaulting('POSTERN_DATA_DIR', './data', directory, {
    meaning: 'Directory of the embedded database, generated keys and the self-signed certificate.',
  }),
  databaseUrl: optional(
    'DATABASE_URL',
    serverUrl('postgresql://user:password@host:5432/postern', 'postgresql', 'postgres'),
    {
      says: 'the embedded PostgreSQL',
      meaning: 'An external PostgreSQL.',
      secret: true,
    },
  ),
  redisUrl: optional('REDIS_URL', serverUrl('redis://host:6379', 'redis', 'rediss'), {
    says: "BullMQ's PostgreSQL backend",
    meaning: 'A Redis for BullMQ. Its `maxmemory-policy` must be `noeviction`.',
    secret: true,
  }),
  hostname: {
    name: 'POSTERN_HOSTNAME',
    read: hostName,
    unset: (surroundings: Surroundings): string => parseDomain(surroundings.hostName) ?? 'localhost',
    says: "the host's name",
    meaning:
      'Name in the banner, EHLO, Received, Message-ID and DSNs. It should resolve to the address that mail leaves from.',
    secret: false,
  },
  listenSubmission: defaulting('POSTERN_LISTEN_SUBMISSION', '127.0.0.1:2587', listenAddresses, {
    meaning: 'Submission with STARTTLS (587 in production). `off` disables it; several are comma-separated.',
  }),
  listenSubmissions: defaulting('POSTERN_LISTEN_SUBMISSIONS', '127.0.0.1:2465', listenAddresses, {
    meaning: 'Submission over implicit TLS (465 in production).',
  }),
  listenRelay: defaulting('POSTERN_LISTEN_RELAY', '127.0.0.1:2525', listenAddresses, {
    meaning: 'Relay for listed networks (25 or 2525 in production); it refuses everyone who is not listed.',
  }),
  listenBounces: defaulting('POSTERN_LISTEN_BOUNCES', 'off', listenAddresses, {
    meaning:
      'Mail to our signed return-paths, from anyone (25 in production, where the MX record of the bounce domain points). It takes nothing else.',
  }),
  bounceDomain: optional('POSTERN_BOUNCE_DOMAIN', hostName, {
    says: 'no signed return-paths',
    meaning:
      'Domain of signed return-paths (`b+…@bounces.example.org`), for the credentials that use them. Its MX record and SPF record are yours to publish.',
  }),
  listenApi: defaulting('POSTERN_LISTEN_API', '127.0.0.1:3001', listenAddresses, { meaning: 'The admin API.' }),
  listenConsole: defaulting('POSTERN_LISTEN_CONSOLE', '127.0.0.1:3000', listenAddresses, { meaning: 'The console.' }),
  listenDevices: defaulting('POSTERN_LISTEN_DEVICES', 'off', listenAddresses, {
    meaning:
      'Relay for old devices in listed networks, with STARTTLS: TLS from 1.0 on, AUTH after HELO, bare line feeds mended, From rewritten where the network says so.',
  }),
  listenDevicesTls: defaulting('POSTERN_LISTEN_DEVICES_TLS', 'off', listenAddresses, {
    meaning: 'The same over implicit TLS.',
  }),
  listenSubmissionMetrics: defaulting('POSTERN_LISTEN_SUBMISSION_METRICS', 'off', listenAddresses, {
    meaning: '`/metrics` and `/health/live` of submission, in clear and for anyone who reaches it: `127.0.0.1:9101`.',
  }),
  listenDeliveryMetrics: defaulting('POSTERN_LISTEN_DELIVERY_METRICS', 'off', listenAddresses, {
    meaning: 'The same of delivery: `127.0.0.1:9102`.',
  }),
  listenConsoleMetrics: defaulting('POSTERN_LISTEN_CONSOLE_METRICS', 'off', listenAddresses, {
    meaning: 'The same of the console: `127.0.0.1:9103`.',
  }),
  proxyNetworks: {
    name: 'POSTERN_PROXY_NETWORKS',
    read: cidrList,
    unset: (): readonly string[] => [],
    says: 'none',
    meaning:
      'Load balancers, as networks, comma-separated. Whoever connects to an SMTP listener from there must begin with a PROXY header (v1 or v2); nobody else may.',
    secret: false,
  },
  tlsCert: optional('POSTERN_TLS_CERT', readableFiles, {
    says: 'generated, self-signed',
    meaning:
      'Certificate chain of the listeners, a PEM file; read again when it changes. Several are comma-separated: the name that a client asks for (SNI) chooses, else the first.',
  }),
  tlsKey: optional('POSTERN_TLS_KEY', readableFiles, {
    says: 'generated',
    meaning:
      'Private key of the certificate, a PEM file; read again when it changes. As many as there are certificates.',
  }),
  clientAuthorities: optional('POSTERN_CLIENT_AUTHORITIES', readableFile, {
    says: 'none: client certificates are known by their fingerprints alone',
    meaning:
      'Certificates of the authorities that issue client certificates, a PEM file, read at the start: a certificate of theirs may be known by its subject (`postern identity add --subject`).',
  }),
  tokenIssuer: optional('POSTERN_TOKEN_ISSUER', issuerUrl, {
    says: 'none: OAUTHBEARER and XOAUTH2 are not offered',
    meaning:
      'OpenID provider whose access tokens (JWT) clients may authenticate with, exactly as the tokens name it. Its keys are found by its discovery document.',
  }),
  tokenAudience: optional('POSTERN_TOKEN_AUDIENCE', longText({ min: 1, max: 255, hint: '' }), {
    says: 'none',
    meaning: 'Audience (`aud`) that those tokens must be meant for. Needed with the issuer.',
  }),
  tokenClaim: defaulting('POSTERN_TOKEN_CLAIM', 'sub', claimName, {
    meaning: 'Claim of a token that names whose it is; `postern identity add` binds what it says to a credential.',
  }),
  consoleUrl: optional('POSTERN_CONSOLE_URL', originUrl, {
    says: 'none',
    meaning:
      'Where people reach the console, such as `https://postern.example.org`. Single sign-on needs it, and so do passkeys, which want a name there and no IP address.',
  }),
  ssoIssuer: optional('POSTERN_SSO_ISSUER', issuerUrl, {
    says: 'none: people sign in with a password',
    meaning: "The organisation's OpenID provider, by its issuer. Its discovery document says the rest.",
  }),
  ssoClientId: optional('POSTERN_SSO_CLIENT_ID', longText({ min: 1, max: 255, hint: '' }), {
    says: 'none',
    meaning:
      'The client that Postern is at the provider. Its redirect URI is `/api/v1/session/single-sign-on/callback` under `POSTERN_CONSOLE_URL`.',
  }),
  ssoClientSecret: optional('POSTERN_SSO_CLIENT_SECRET', longText({ min: 1, max: 1024, hint: '' }), {
    says: 'none',
    meaning: 'Its secret.',
    secret: true,
  }),
  ssoName: defaulting('POSTERN_SSO_NAME', 'single sign-on', longText({ min: 1, max: 60, hint: '' }), {
    meaning: 'What the single sign-on is called on the sign-in page.',
  }),
  ssoRoleClaim: defaulting('POSTERN_SSO_ROLE_CLAIM', 'groups', claimName, {
    meaning: 'Claim of the identity that says what a person may do: a text, or a list of texts.',
  }),
  ssoRoles: {
    name: 'POSTERN_SSO_ROLES',
    read: roleMap,
    unset: (): Readonly<Record<string, string>> => ({}),
    says: 'none: nobody comes in by it',
    meaning:
      'Which of its values give which role: `mail-admins=owner,helpdesk=operator,*=auditor`. The first that fits counts, at every sign-in; `*` fits everyone, and whoever has none stays out.',
    secret: false,
  },
  adminEmail: defaulting('POSTERN_ADMIN_EMAIL', 'admin@postern.internal', emailAddress, {
    meaning: 'E-mail address of the first console account. It only counts while there is no account.',
  }),
  adminPassword: optional('POSTERN_ADMIN_PASSWORD', longText({ min: 8, max: 128, hint: '' }), {
    says: 'generated, printed once',
    meaning: 'Password of the first console account, 8 characters or more. It only counts while there is no account.',
    secret: true,
  }),
  secret: optional(
    'POSTERN_SECRET',
    longText({ min: 16, max: 1024, hint: ', such as `openssl rand -base64 32` prints' }),
    {
      says: 'generated in the data directory',
      meaning:
        'Encrypts private keys and upstream passwords at rest and keys the hashes of credentials. The same on every machine that shares a database.',
      secret: true,
    },
  ),
  dnsServers: optional('POSTERN_DNS_SERVERS', nameServers, {
    says: 'the system resolver',
    meaning: 'Name servers, `ip[:port]`, comma-separated.',
  }),
  dnsTrustAd: defaulting('POSTERN_DNS_TRUST_AD', 'auto', oneOf('auto', 'yes', 'no'), {
    meaning: 'Whether to believe the AD bit of answers, which DANE needs: `auto` believes resolvers on loopback only.',
  }),
  deliveryPort: defaulting('POSTERN_DELIVERY_PORT', '25', wholeNumber({ min: 1, max: 65_535 }), {
    meaning: 'Port of the mail hosts that mail is delivered to.',
  }),
  policyPort: defaulting('POSTERN_POLICY_PORT', '443', wholeNumber({ min: 1, max: 65_535 }), {
    meaning: 'Port of the hosts that MTA-STS policies are fetched from. Another one is for laboratories.',
  }),
  tlsRoots: optional('POSTERN_TLS_ROOTS', readableFile, {
    says: "Node's and the system's authorities alone",
    meaning:
      'Certificates of further authorities, a PEM file: believed when a mail host, a policy host or a smarthost must prove its name.',
  }),
  allowSpecialAddresses: {
    name: 'POSTERN_ALLOW_SPECIAL_ADDRESSES',
    read: cidrList,
    unset: (): readonly string[] => [],
    says: 'none',
    meaning:
      'Networks of loopback, private and other special-use space that delivery and policy fetches may reach, comma-separated. All others are refused.',
    secret: false,
  },
  sourceAddresses: {
    name: 'POSTERN_SOURCE_ADDRESSES',
    read: addressList,
    unset: (): readonly string[] => [],
    says: 'what the host name resolves to',
    meaning:
      'The public addresses that mail leaves from, comma-separated: what the checks of sending domains look for in SPF and reverse DNS.',
    secret: false,
  },
  dnsBlockLists: {
    name: 'POSTERN_DNS_BLOCK_LISTS',
    read: domainList,
    unset: (): readonly string[] => [],
    says: 'none',
    meaning:
      'DNS block lists that the checks ask about the source addresses, comma-separated: `zen.spamhaus.org`. Mind the terms of each list.',
    secret: false,
  },
  apiRequestsPerMinute: defaulting(
    'POSTERN_API_REQUESTS_PER_MINUTE',
    '3000',
    wholeNumber({ min: 10, max: 1_000_000 }),
    {
      meaning: 'Requests to the admin API in a minute, of each account and each API key, over all processes.',
    },
  ),
  maxConnections: defaulting('POSTERN_MAX_CONNECTIONS', '3000', wholeNumber({ min: 1, max: 1_000_000 }), {
    meaning: 'Connections of clients that one submission process takes at the same time; of more, each hears 421.',
  }),
  maxConnectionsPerAddress: defaulting(
    'POSTERN_MAX_CONNECTIONS_PER_ADDRESS',
    '2500',
    wholeNumber({ min: 1, max: 1_000_000 }),
    {
      meaning:
        'Those from one IPv4 address or one IPv6 network of 64 bits. Lower it where clients do not share addresses.',
    },
  ),
  maxMessageOctets: defaulting(
    'POSTERN_MAX_MESSAGE_OCTETS',
    '36700160',
    wholeNumber({ min: 1_024, max: 1_073_741_824 }),
    {
      meaning: 'Largest message taken (SIZE, RFC 1870).',
    },
  ),
  receivedClient: defaulting('POSTERN_RECEIVED_CLIENT', 'shown', oneOf('shown', 'hidden'), {
    meaning:
      'Whether the Received field that we put on top names the client: its host name, its address and its encryption. They are kept in the store either way.',
  }),
  processes: {
    name: 'POSTERN_PROCESSES',
    read: someOf(...SERVICES),
    unset: (): readonly Service[] => SERVICES,
    says: 'all of them',
    meaning: 'The services that this machine runs: `submission`, `delivery`, `api`, `console`, comma-separated.',
    secret: false,
  },
  logLevel: defaulting('POSTERN_LOG_LEVEL', 'info', oneOf('debug', 'info', 'warn', 'error', 'silent'), {
    meaning: 'The least severe lines that are logged.',
  }),
} as const satisfies Record<string, Variable<unknown>>;

/** The value of each variable. */
export type Values = { readonly [Key in keyof typeof VARIABLES]: ReturnType<(typeof VARIABLES)[Key]['unset']> };

interface About {
  readonly meaning: string;
  readonly says?: string;
  readonly secret?: boolean;
}

function defaulting<T>(name: string, text: string, read: Reader<T>, about: About): Variable<T> {
  const unset = (surroundings: Surroundings): T => {
    const reading = read(text, surroundings);
    if ('expected' in reading) throw new Error(`${name}: its default ${text} is none: ${reading.expected}`);
    return reading.ok;
  };
  return { name, read, unset, says: `\`${text}\``, meaning: about.meaning, secret: about.secret ?? false };
}

function optional<T>(name: string, read: Reader<T>, about: About & { readonly says: string }): Variable<T | undefined> {
  return {
    name,
    read,
    unset: () => undefined,
    says: about.says,
    meaning: about.meaning,
    secret: about.secret ?? false,
  };
}
