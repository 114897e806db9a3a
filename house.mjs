/**
 * The house: every room, the floor it stands on, and the rooms it may import.
 *
 * This table is the only place where the structure is decided. The lint rule (eslint.config.mjs), the workspace
 * files of each room (scripts/sync-house.mjs) and the diagram in docs/ARCHITECTURE.md are computed from it, and
 * house.unit.test.mjs holds the real import graph against it.
 *
 * `outside` lists the packages from outside that are the room's reason to exist: only rooms that name a package
 * here may import it (see GUARDED).
 */

/** @typedef {{ floor: string, path: string, imports: readonly string[], outside?: readonly string[], says: string }} Room */

/** @type {Readonly<Record<string, Room>>} */
// prettier-ignore
export const ROOMS = Object.freeze({
  // Protocol: from the standards, pure, no I/O.
  smtp: room('protocol', [], 'the grammar of RFC 5321: domains, mailboxes, paths, parameters, replies'),
  dns: room('protocol', ['smtp'], 'names, records, special-use addresses, the order of mail hosts'),
  message: room('protocol', ['smtp'], 'the header section of RFC 5322, read and repaired'),
  sasl: room('protocol', ['smtp'], 'the mechanisms of AUTH (RFC 4954), both sides'),
  'smtp-server': room('protocol', ['smtp', 'sasl'], 'the server side of a session, a state machine without I/O'),
  'smtp-client': room('protocol', ['smtp', 'sasl', 'tls-policy'], 'the client side of a session, a state machine without I/O'),
  dkim: room('protocol', ['message'], 'signatures of DKIM (RFC 6376, 8301, 8463): made, and verified'),
  dsn: room('protocol', ['message'], 'delivery status notifications and feedback reports (RFC 3464, RFC 6522, RFC 5965), written and read'),
  'tls-report': room('protocol', [], 'reports about TLS (RFC 8460): who wants them, what they say, how they travel'),
  spf: room('protocol', ['dns'], 'whether an address may send for a domain (RFC 7208), with every step that it took'),
  'tls-policy': room('protocol', ['dns'], 'what a mail host must prove, and whether it did'),

  // Mail: our nouns and verbs, and the ports they need.
  queue: room('mail', [], 'messages, recipients, their states, the retry schedule, the ports of the store and the alarm clock'),
  bounce: room('mail', [], 'why a delivery failed: the classes of replies, the rules that tell them, what each means for the address'),
  credentials: room('mail', ['smtp', 'dns', 'sasl'], 'who may submit, and as whom'),
  sealing: room('mail', [], 'the keys made from the secret, and what they seal at rest'),
  'tls-reporting': room('mail', ['dns', 'smtp', 'tls-report', 'sending-domain', 'queue'], 'what came of TLS with each destination, counted, and reported to who wants to know'),
  'destination-policy': room('mail', ['dns', 'tls-policy'], 'what destinations and operators demand of the channel: found, kept, brought together'),
  pace: room('mail', ['dns', 'queue'], 'how many lanes a site has, how fast they go, and what its replies make of that'),
  'sending-domain': room('mail', ['smtp', 'dns', 'message', 'dkim', 'spf', 'tls-policy', 'tls-report', 'queue', 'sealing', 'credentials'], 'the domains that mail is sent as: their keys, what is to be published, and whether the world sees it'),
  submission: room('mail', ['smtp', 'dns', 'message', 'sasl', 'smtp-server', 'queue', 'credentials', 'dkim', 'sending-domain'], 'takes mail in: decides, repairs, commits in groups'),
  delivery: room('mail', ['tls-reporting', 'smtp', 'dns', 'sasl', 'smtp-client', 'tls-policy', 'queue', 'pace', 'bounce', 'destination-policy'], 'takes mail out: lanes, mail hosts, attempts, outcomes'),
  reports: room('mail', ['smtp', 'dns', 'message', 'dkim', 'dsn', 'tls-report', 'queue', 'bounce', 'smtp-server'], 'tells senders what became of their mail, and remembers which addresses are gone'),

  // Admin: what operators do.
  'admin-contract': room('admin', [], 'the routes of the admin API as zod schemas'),
  'admin-client': room('admin', ['admin-contract'], 'a typed client of the admin API'),
  administration: room('admin', ['tls-report', 'smtp', 'dns', 'queue', 'credentials', 'sealing', 'admin-contract', 'dkim', 'sending-domain', 'bounce', 'dsn'], 'the verbs of operators, with their audit'),
  'console-ui': room('admin', ['admin-contract'], 'the console\'s tokens and components', ['react']),

  // Adapters: each wraps one outside thing.
  configuration: room('adapters', ['smtp', 'dns'], 'the environment, validated together'),
  observability: room('adapters', [], 'logs and metrics'),
  'service-process': room('adapters', ['configuration', 'embedded-postgres'], 'one service as a process: its environment, when it is ready, how it ends'),
  'dns-resolver': room('adapters', ['dns'], 'questions to a resolver over UDP and TCP'),
  'smtp-socket': room('adapters', ['smtp', 'sasl', 'smtp-server', 'smtp-client', 'tls-policy'], 'carries SMTP octets over TCP and TLS'),
  'https-client': room('adapters', ['dns', 'tls-policy', 'destination-policy'], 'HTTPS with strangers: policies fetched, reports posted; addresses checked, redirects never followed'),
  outbound: room('adapters', ['smtp', 'smtp-client', 'sealing', 'oauth-client', 'tls-reporting', 'admin-contract', 'configuration', 'delivery', 'destination-policy', 'dns', 'dns-resolver', 'https-client', 'prisma-store', 'queue', 'smtp-socket'], 'what mail reaches the outside through: DNS, policies, mail hosts, made from the configuration'),
  certificate: room('adapters', [], 'the TLS certificate of our own listeners: read, re-read when it changes, generated when none is given'),
  'openid-provider': room('adapters', ['submission'], 'access tokens of the configured OpenID provider, verified', ['jose']),
  machine: room('adapters', ['dns', 'administration', 'configuration', 'dns-resolver', 'bullmq-queue', 'prisma-store'], 'what this machine has and can reach'),
  'bullmq-queue': room('adapters', ['queue'], 'the alarm clock: lanes as BullMQ jobs', ['bullmq', 'ioredis', 'pg']),
  'oauth-client': room('adapters', [], 'access tokens by OAuth client credentials, for smarthosts'),
  'prisma-store': room('adapters', ['tls-reporting', 'tls-policy', 'destination-policy', 'smtp', 'sasl', 'queue', 'pace', 'credentials', 'administration', 'sending-domain', 'bounce', 'reports'], 'the truth: PostgreSQL', ['@prisma/client', '@prisma/adapter-pg', 'pg']),
  'embedded-postgres': room('adapters', [], 'a PostgreSQL of our own in the data directory', ['embedded-postgres', 'pg']),

  // Testing: what tests stand on; no room of the product imports these.
  clock: room('testing', ['queue'], 'a clock that tests move, and the time of the processor'),
  database: room('testing', ['embedded-postgres'], 'one PostgreSQL database per test', ['pg']),
  lab: room('testing', [], 'loopback DNS, a certificate authority, scripted mail hosts'),

  // Apps: doors, the only rooms that know NestJS, Next, argv and HTTP.
  'submission-app': app('submission', ['smtp-server', 'sasl', 'queue', 'submission', 'sealing', 'configuration', 'observability', 'service-process', 'certificate', 'openid-provider', 'smtp-socket', 'bullmq-queue', 'prisma-store', 'sending-domain', 'reports', 'dns-resolver'], 'NestJS: the SMTP listeners', ['@nestjs/common', '@nestjs/core', '@nestjs/bullmq', 'bullmq']),
  'delivery-app': app('delivery', ['sasl', 'oauth-client', 'queue', 'delivery', 'sealing', 'configuration', 'observability', 'service-process', 'smtp-socket', 'bullmq-queue', 'prisma-store', 'reports', 'outbound', 'sending-domain', 'bounce', 'tls-reporting', 'dns', 'dns-resolver'], 'NestJS: the BullMQ workers', ['@nestjs/common', '@nestjs/core', '@nestjs/bullmq', 'bullmq']),
  'api-app': app('api', ['queue', 'administration', 'admin-contract', 'sealing', 'configuration', 'observability', 'service-process', 'prisma-store', 'outbound', 'dns-resolver', 'machine'], 'NestJS: the admin API, health, metrics', ['@nestjs/common', '@nestjs/core', 'better-auth', '@simplewebauthn/server']),
  'console-app': app('console', ['admin-contract', 'admin-client', 'console-ui', 'observability'], 'Next.js: the console', ['next', 'react', '@simplewebauthn/browser']),
  cli: app('cli', ['outbound', 'queue', 'administration', 'admin-contract', 'sealing', 'configuration', 'observability', 'embedded-postgres', 'bullmq-queue', 'prisma-store', 'dns-resolver', 'machine'], 'the `postern` command'),
  e2e: app('e2e', ['queue', 'administration', 'prisma-store', 'database', 'lab'], 'wire tests and browser tests', ['pg', 'ioredis']),
});

/** Packages that only the rooms which list them under `outside` may import. */
export const GUARDED = Object.freeze([
  'bullmq',
  'ioredis',
  '@prisma/client',
  '@prisma/adapter-pg',
  'pg',
  'embedded-postgres',
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/bullmq',
  'better-auth',
  '@simplewebauthn/server',
  '@simplewebauthn/browser',
  'jose',
  'next',
  'react',
]);

/** Built-in modules that reach outside the process, and the floors whose rooms may import them. */
export const OUTSIDE_BUILTINS = Object.freeze({
  modules: [
    'node:net',
    'node:tls',
    'node:dgram',
    'node:dns',
    'node:http',
    'node:https',
    'node:fs',
    'node:fs/promises',
    'node:child_process',
    'node:worker_threads',
    'node:os',
    'node:process',
  ],
  floors: ['adapters', 'testing', 'apps'],
});

/** The npm name of a room. */
export function packageName(name) {
  return `@postern/${name}`;
}

/** @returns {Room} */
function room(floor, imports, says, outside) {
  return { floor, path: undefined, imports, says, ...(outside ? { outside } : {}) };
}

/** @returns {Room} */
function app(folder, imports, says, outside) {
  return { floor: 'apps', path: `apps/${folder}`, imports, says, ...(outside ? { outside } : {}) };
}

for (const [name, each] of Object.entries(ROOMS)) each.path ??= `libs/${each.floor}/${name}`;
