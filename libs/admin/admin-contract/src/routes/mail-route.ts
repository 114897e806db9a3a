import { z } from 'zod';
import { route } from '../route.ts';
import { instant, page, pageQuery } from '../shapes.ts';
import { senderRuleText } from './credential.ts';

/** What the upstream must prove: nothing, encryption, a certificate for its name, or its DANE record. */
export const ROUTE_TLS = ['opportunistic', 'required', 'verify', 'dane'] as const;

/** A route: mail that it takes goes to an upstream smarthost instead of the recipients' mail hosts. */
export const mailRoute = z
  .object({
    id: z.string(),
    name: z.string(),
    host: z.string(),
    port: z.int().min(1).max(65_535),
    /** The user name at the upstream; null when it wants none. Its password is never shown. */
    user: z.string().nullable(),
    tls: z.enum(ROUTE_TLS),
    /** The recipient domains that it takes: `example.com`, `*.example.com`, `*`. */
    domains: z.array(z.string()),
    /** The senders that it takes; empty for any. */
    senderRules: z.array(z.string()),
    queueId: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'MailRoute' });
export type MailRoute = z.output<typeof mailRoute>;

const tag = 'Routes';

export const MAIL_ROUTE_ROUTES = {
  listRoutes: route({
    method: 'GET',
    path: '/api/v1/routes',
    tag,
    summary: 'Routes to upstream smarthosts',
    permission: 'routes:read',
    query: pageQuery,
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
      host: z.string().trim().min(1).max(255),
      port: z.int().min(1).max(65_535).default(587),
      user: z.string().min(1).max(255).nullable().default(null),
      password: z.string().min(1).max(1024).nullable().default(null),
      tls: z.enum(ROUTE_TLS).default('verify'),
      domains: z.array(z.string().trim().min(1).max(255)).min(1).max(1000),
      senderRules: z.array(senderRuleText).max(1000).default([]),
    }),
    status: 201,
    response: mailRoute,
    problems: ['conflict'],
  }),
  removeRoute: route({
    method: 'DELETE',
    path: '/api/v1/routes/{route}',
    tag,
    summary: 'Remove a route, by its id or its name; what waits for it is looked up anew',
    permission: 'routes:write',
    params: z.object({ route: z.string().min(1).max(64) }),
    status: 204,
    problems: ['not-found', 'conflict'],
  }),
};
