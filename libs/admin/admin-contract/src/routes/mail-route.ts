import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, reason, sorted } from '../shapes.ts';
import { senderRuleText } from './credential.ts';

/** What the upstream must prove: nothing, encryption, a certificate for its name, or its DANE record. */
export const ROUTE_TLS = ['opportunistic', 'required', 'verify', 'dane'] as const;

/** Where a route's mail goes: to smarthosts, nowhere (as if it were delivered), or back (as if it were refused). */
export const ROUTE_KINDS = ['smarthost', 'discard', 'fail'] as const;

const port = z.int().min(1).max(65_535);
const hostText = z.string().trim().min(1).max(255);

/** Another smarthost of a route; the lowest preference is tried first, that of the route's own host is 0. */
export const routeHost = z.strictObject({
  host: hostText,
  port: port.default(587),
  preference: z.int().min(0).max(65_535),
});
export type RouteHost = z.output<typeof routeHost>;

/** By what an access token is got (OAuth 2.0 client credentials, RFC 6749 §4.4); the secret is the route's password. */
export const routeOAuth = z.strictObject({
  tokenUrl: z.url({ protocol: /^https?$/ }).max(2_000),
  clientId: z.string().min(1).max(500),
  scope: z.string().max(2_000).default(''),
});

/** What is seen of the certificate that we show to a route's hosts. Its key is never shown. */
export const routeClientCertificate = z.object({
  subject: z.string(),
  notAfter: instant,
  fingerprintSha256: z.string(),
});
export type RouteClientCertificate = z.output<typeof routeClientCertificate>;

/** A route: mail that it takes goes to an upstream smarthost instead of the recipients' mail hosts. */
export const mailRoute = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(ROUTE_KINDS),
    /** Routes are asked in this order. */
    position: z.int(),
    /** Empty where the mail goes to no host. */
    host: z.string(),
    port,
    moreHosts: z.array(routeHost),
    implicitTls: z.boolean(),
    oauth: routeOAuth.nullable(),
    /** The user name at the upstream; null when it wants none. Its password is never shown. */
    user: z.string().nullable(),
    clientCertificate: routeClientCertificate.nullable(),
    tls: z.enum(ROUTE_TLS),
    /** The recipient domains that it takes: `example.com`, `*.example.com`, `*`. */
    domains: z.array(z.string()),
    /** The senders that it takes; empty for any. */
    senderRules: z.array(z.string()),
    /** The tags of credentials and listed networks whose mail it takes; empty for any. */
    tags: z.array(z.string()),
    queueId: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'MailRoute' });
export type MailRoute = z.output<typeof mailRoute>;

/** The fields of a route that are settings. */
const ROUTE_SETTINGS = [
  'name',
  'kind',
  'position',
  'host',
  'port',
  'moreHosts',
  'implicitTls',
  'oauth',
  'user',
  'clientCertificate',
  'tls',
  'domains',
  'senderRules',
  'tags',
];

/** How a part of a route, one of its hosts or its access token, was when it was last used. */
export const routeHealth = z
  .object({ part: z.string(), ok: z.boolean(), since: instant, text: z.string(), expiresAt: instant.nullable() })
  .meta({ id: 'RouteHealth' });
export type RouteHealth = z.output<typeof routeHealth>;

/** A credential or a listed network whose mail a route takes: all of it, or because of its tag. */
export const routeUser = z
  .object({ kind: z.enum(['credential', 'network']), id: z.string(), name: z.string(), by: z.enum(['route', 'tag']) })
  .meta({ id: 'RouteUser' });
export type RouteUser = z.output<typeof routeUser>;

export const mailRouteDetail = mailRoute
  .extend({
    health: z.array(routeHealth),
    /** Those that name it, at most 100; it also takes the mail that its domains and senders say. */
    usedBy: z.array(routeUser),
  })
  .meta({ id: 'MailRouteDetail' });
export type MailRouteDetail = z.output<typeof mailRouteDetail>;

/** What each host of a route said, step by step. */
export const routeTest = z
  .object({
    ok: z.boolean(),
    hosts: z.array(
      z.object({
        host: z.string(),
        port: z.int(),
        ok: z.boolean(),
        steps: z.array(z.object({ step: z.string(), ok: z.boolean(), said: z.string() })),
      }),
    ),
  })
  .meta({ id: 'RouteTest' });
export type RouteTest = z.output<typeof routeTest>;

const settings = {
  host: z.string().trim().max(255),
  port,
  moreHosts: z.array(routeHost).max(20),
  implicitTls: z.boolean(),
  user: z.string().min(1).max(255).nullable(),
  password: z.string().min(1).max(4096).nullable(),
  oauth: routeOAuth.nullable(),
  /** A certificate with its chain and its private key, in PEM; shown in TLS, kept sealed. */
  clientCertificate: z
    .string()
    .max(64 * 1024)
    .nullable(),
  tls: z.enum(ROUTE_TLS),
  domains: z.array(z.string().trim().min(1).max(255)).min(1).max(1000),
  senderRules: z.array(senderRuleText).max(1000),
  tags: z.array(z.string().trim().min(1).max(64)).max(100),
} as const;

/** In the order in which they are asked, or by name. */
export const ROUTE_SORTS = ['position', 'name'] as const;

const tag = 'Routes';
const params = z.object({ route: z.string().min(1).max(64) });

export const MAIL_ROUTE_ROUTES = {
  listRoutes: route({
    method: 'GET',
    path: '/api/v1/routes',
    tag,
    summary: 'Routes to upstream smarthosts, in the order in which they are asked',
    permission: 'routes:read',
    query: pageQuery.extend({
      ...sorted(ROUTE_SORTS, 'ascending'),
      kind: z.enum(ROUTE_KINDS).optional(),
      /** Routes whose name, or one of whose hosts, contains this. */
      name: z.string().trim().min(1).max(255).optional(),
    }),
    status: 200,
    response: page(mailRoute),
    problems: [],
  }),
  addRoute: route({
    method: 'POST',
    path: '/api/v1/routes',
    tag,
    summary: 'Add a route to an upstream smarthost',
    permission: 'routes:write',
    body: z.object({
      name: z.string().trim().min(1).max(64),
      kind: z.enum(ROUTE_KINDS).default('smarthost'),
      host: settings.host.default(''),
      port: settings.port.default(587),
      moreHosts: settings.moreHosts.default([]),
      implicitTls: settings.implicitTls.default(false),
      user: settings.user.default(null),
      password: settings.password.default(null),
      oauth: settings.oauth.default(null),
      clientCertificate: settings.clientCertificate.default(null),
      tls: settings.tls.default('verify'),
      domains: settings.domains,
      senderRules: settings.senderRules.default([]),
      tags: settings.tags.default([]),
    }),
    status: 201,
    response: mailRoute,
    problems: ['conflict'],
  }),
  showRoute: route({
    method: 'GET',
    path: '/api/v1/routes/{route}',
    tag,
    summary: 'One route, by its id or its name, and how its hosts and its token do, and who uses it',
    permission: 'routes:read',
    params,
    status: 200,
    response: mailRouteDetail,
    version: ['id', ...ROUTE_SETTINGS],
    audited: 'route',
    problems: ['not-found'],
  }),
  updateRoute: route({
    method: 'POST',
    changes: 'showRoute',
    path: '/api/v1/routes/{route}',
    tag,
    summary: 'Change a route; what is not given stays',
    permission: 'routes:write',
    params,
    body: z.object(settings).partial().extend({ reason: reason.optional() }),
    status: 200,
    response: mailRoute,
    problems: ['not-found'],
  }),
  moveRoute: route({
    method: 'POST',
    path: '/api/v1/routes/{route}/move',
    tag,
    summary: 'Have a route asked before another one, or last',
    permission: 'routes:write',
    params,
    body: because.extend({ before: z.string().min(1).max(64).nullable() }),
    status: 200,
    response: mailRoute,
    problems: ['not-found'],
  }),
  testRoute: route({
    method: 'POST',
    path: '/api/v1/routes/{route}/test',
    tag,
    summary: 'Speak with each host of a route as far as RCPT and DATA, and send nothing',
    permission: 'routes:write',
    params,
    body: z.object({ sender: z.email().max(320), recipient: z.email().max(320) }),
    status: 200,
    response: routeTest,
    problems: ['not-found', 'conflict'],
  }),
  removeRoute: route({
    method: 'DELETE',
    path: '/api/v1/routes/{route}',
    tag,
    summary: 'Remove a route, by its id or its name; what waits for it is looked up anew',
    permission: 'routes:write',
    params,
    body: because,
    status: 204,
    problems: ['not-found', 'conflict'],
  }),
};
