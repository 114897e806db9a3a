import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, reason } from '../shapes.ts';
import { recordedChannel } from './message.ts';

const domainText = z.string().trim().min(1).max(255);

/** One address of a mail host, what it would have to prove, and what it proved just now. */
const explainedHost = z.object({
  host: z.string(),
  addresses: z.array(z.string()),
  /** What DANE says of it: insecure, none, unusable, usable, failed. */
  dane: z.object({
    kind: z.enum(['insecure', 'none', 'unusable', 'usable', 'failed']),
    because: z.string(),
    baseDomain: z.string().nullable(),
    records: z.array(z.string()),
  }),
  /** Whether the MTA-STS policy names it; null where there is none. */
  namedByMtaSts: z.boolean().nullable(),
  mustProve: z.object({
    /** opportunistic, encrypted, verified, dane; `no delivery` where mail would not go there at all. */
    demand: z.string(),
    /** dane, mta-sts, local, none. */
    policy: z.string(),
    because: z.string(),
  }),
  /** What it showed just now; null where it was not spoken with. */
  proved: z
    .object({
      address: z.string(),
      verdict: z.enum(['pass', 'fail']),
      /** RFC 8460 §4.3. */
      resultType: z.string().nullable(),
      because: z.string(),
      tls: z.object({ protocol: z.string(), cipher: z.string() }).nullable(),
      certificate: recordedChannel.shape.certificate.unwrap().nullable(),
    })
    .nullable(),
});

/** What a delivery to a domain would have to prove right now, and why, and whether its hosts do. No mail is sent. */
export const policyExplanation = z
  .object({
    domain: z.string(),
    at: instant,
    /** pass: every host proves what it must; some: at least one does; fail: none does, and mail would wait. */
    verdict: z.enum(['pass', 'some', 'fail']),
    summary: z.string(),
    /** The route that mail for the domain takes, whoever sends it; null: its own mail hosts. */
    route: z.string().nullable(),
    /** Whether a validating resolver is believed; without one DANE is off. */
    dnssec: z.object({ believed: z.boolean(), because: z.string() }),
    mailHosts: z.object({ authentic: z.boolean(), because: z.string() }),
    mtaSts: z.object({
      mode: z.enum(['enforce', 'testing', 'none']).nullable(),
      id: z.string().nullable(),
      mx: z.array(z.string()),
      fetchedAt: instant.nullable(),
      expiresAt: instant.nullable(),
      /** Why there is none, or why it could not be fetched anew. */
      because: z.string().nullable(),
    }),
    local: z.object({
      channel: z.string(),
      minVersion: z.string().nullable(),
      /** The cipher suites that rules leave; empty: any. */
      ciphers: z.array(z.string()),
      expired: z.boolean(),
      because: z.string(),
    }),
    hosts: z.array(explainedHost),
  })
  .meta({ id: 'PolicyExplanation' });
export type PolicyExplanation = z.output<typeof policyExplanation>;

export const RULE_CHANNELS = ['none', 'encrypted', 'verified', 'dane'] as const;
export const TLS_VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;

/** The cipher suites that a rule may name: those with forward secrecy and authenticated encryption (RFC 9325 §4.2). */
export const CIPHER_SUITES = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'DHE-RSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256',
] as const;
export type CipherSuite = (typeof CIPHER_SUITES)[number];

/** What operators have decided about the channel of some mail. */
export const tlsRule = z
  .object({
    id: z.string(),
    scope: z.enum(['domain', 'route', 'credential']),
    /** A domain, `*.example.com`, `*`; a route's name; a credential's name. */
    of: z.string(),
    channel: z.enum(RULE_CHANNELS),
    minVersion: z.enum(TLS_VERSIONS).nullable(),
    /** The cipher suites that will do, in OpenSSL's names; empty: any. */
    ciphers: z.array(z.string()),
    /** Whether an expired certificate will do. */
    allowExpired: z.boolean(),
    until: instant.nullable(),
    reason: z.string(),
    createdBy: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'TlsRule' });
export type TlsRule = z.output<typeof tlsRule>;

/** Which of the deliveries of the last days would have failed. */
export const policySimulation = z
  .object({
    since: instant,
    domains: z.array(
      z.object({
        domain: z.string(),
        deliveries: z.int().nonnegative(),
        /** Delivered without TLS that proves the mail host. */
        wouldHaveFailed: z.int().nonnegative(),
        reasons: z.array(z.object({ host: z.string().nullable(), why: z.string(), deliveries: z.int().nonnegative() })),
      }),
    ),
  })
  .meta({ id: 'PolicySimulation' });
export type PolicySimulation = z.output<typeof policySimulation>;

const tag = 'TLS policy';

export const POLICY_ROUTES = {
  explainPolicy: route({
    method: 'GET',
    path: '/api/v1/policies/{domain}',
    tag,
    summary:
      'What a delivery to this domain would have to prove right now, and why; speaks with its hosts, sends no mail',
    permission: 'routes:read',
    params: z.object({ domain: domainText }),
    status: 200,
    response: policyExplanation,
    problems: [],
  }),
  simulatePolicy: route({
    method: 'POST',
    path: '/api/v1/policies/simulate',
    tag,
    summary: 'Which deliveries of the last days would have failed, had verified TLS been required for these domains',
    permission: 'routes:read',
    body: z.object({
      domains: z.array(domainText).min(1).max(50),
      days: z.int().min(1).max(30).default(7),
    }),
    status: 200,
    response: policySimulation,
    problems: [],
  }),
  listTlsRules: route({
    method: 'GET',
    path: '/api/v1/tls-rules',
    tag,
    summary: 'What operators have decided about the channel',
    permission: 'routes:read',
    query: pageQuery,
    status: 200,
    response: page(tlsRule),
    problems: [],
  }),
  addTlsRule: route({
    method: 'POST',
    path: '/api/v1/tls-rules',
    tag,
    summary:
      'Demand TLS, verified TLS, DANE, a version or cipher suites of a domain, a route or a credential, or allow an expired certificate',
    permission: 'routes:write',
    body: z.object({
      scope: z.enum(['domain', 'route', 'credential']),
      of: z.string().trim().min(1).max(255),
      channel: z.enum(RULE_CHANNELS).default('none'),
      minVersion: z.enum(TLS_VERSIONS).nullable().default(null),
      ciphers: z.array(z.enum(CIPHER_SUITES)).max(CIPHER_SUITES.length).default([]),
      allowExpired: z.boolean().default(false),
      until: instant.nullable().default(null),
      reason,
    }),
    status: 201,
    response: tlsRule,
    problems: ['not-found'],
  }),
  removeTlsRule: route({
    method: 'DELETE',
    path: '/api/v1/tls-rules/{id}',
    tag,
    summary: 'Remove a rule; it counts for nothing from the next connection on',
    permission: 'routes:write',
    params: z.object({ id: z.uuid() }),
    body: because,
    status: 204,
    problems: ['not-found'],
  }),
};
