import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, reason, sorted } from '../shapes.ts';

export const DKIM_ALGORITHMS = ['rsa-sha256', 'ed25519-sha256'] as const;

/** What a key does: it waits until the world sees it, signs, stays published, is gone for good. */
export const DKIM_KEY_STATES = ['pending', 'active', 'retired', 'revoked'] as const;

/** A record of the DNS as it is to be published. */
export const publishedRecord = z
  .object({
    /** What it is for: `DKIM postern-20261122-rsa`, `SPF`, `DMARC`. */
    purpose: z.string(),
    /** The zone that it belongs in. */
    zone: z.string(),
    name: z.string(),
    type: z.enum(['TXT', 'CNAME', 'MX', 'A', 'AAAA', 'PTR']),
    value: z.string(),
    /** Whether mail is worse off without it, or it is advice. */
    needed: z.boolean(),
    note: z.string().nullable(),
  })
  .meta({ id: 'PublishedRecord' });
export type PublishedRecord = z.output<typeof publishedRecord>;

/** A DKIM key. Its private half is never shown. */
export const dkimKey = z
  .object({
    selector: z.string(),
    algorithm: z.enum(DKIM_ALGORITHMS),
    bits: z.int(),
    state: z.enum(DKIM_KEY_STATES),
    publicKey: z.string(),
    createdAt: instant,
    /** Since when the world has seen its record, without a break. */
    seenAt: instant.nullable(),
    activatedAt: instant.nullable(),
    retiredAt: instant.nullable(),
    revokedAt: instant.nullable(),
    /** What happens to it next, and when. */
    next: z.string().nullable(),
  })
  .meta({ id: 'DkimKey' });
export type DkimKey = z.output<typeof dkimKey>;

/** `fail`: mail suffers. `warn`: it may. `unknown`: the DNS did not say. */
export const CHECK_STATUSES = ['pass', 'warn', 'fail', 'unknown', 'info'] as const;

export const checkLine = z
  .object({
    /** Stable, to compare one check with the next: `dkim:postern-20261122-rsa`. */
    id: z.string(),
    about: z.string(),
    status: z.enum(CHECK_STATUSES),
    /** What the world sees now. */
    found: z.string(),
    /** What comes of it; null when all is well. */
    effect: z.string().nullable(),
    remedy: z.string().nullable(),
  })
  .meta({ id: 'CheckLine' });
export type CheckLine = z.output<typeof checkLine>;

export const domainCheck = z
  .object({
    checkedAt: instant,
    /** The worst of its lines. */
    status: z.enum(CHECK_STATUSES),
    lines: z.array(checkLine),
  })
  .meta({ id: 'DomainCheck' });
export type DomainCheck = z.output<typeof domainCheck>;

/** A domain that mail is sent as, and signed for. */
export const sendingDomain = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Whether its keys also sign for sub-domains that have no row of their own. */
    subDomains: z.boolean(),
    /** Fields that are signed beside the usual ones. */
    signedFields: z.array(z.string()),
    /** A zone of ours that its selectors are CNAMEs into. */
    delegatedTo: z.string().nullable(),
    rotateDays: z.int().nullable(),
    settleSeconds: z.int(),
    retainSeconds: z.int(),
    createdAt: instant,
    keys: z.array(dkimKey),
    /** The last check. */
    check: domainCheck.nullable(),
  })
  .meta({ id: 'SendingDomain' });
export type SendingDomain = z.output<typeof sendingDomain>;

export const sendingDomainDetail = sendingDomain
  .extend({
    records: z.array(publishedRecord),
    /** The records as a zone file, and as Terraform's DNS provider takes them. */
    zoneFile: z.string(),
    terraform: z.string(),
  })
  .meta({ id: 'SendingDomainDetail' });
export type SendingDomainDetail = z.output<typeof sendingDomainDetail>;

const tag = 'Sending domains';
const params = z.object({ domain: z.string().min(1).max(255) });
const signedField = z.string().trim().min(1).max(64);

export const SENDING_DOMAIN_ROUTES = {
  listDomains: route({
    method: 'GET',
    path: '/api/v1/domains',
    tag,
    summary: 'Sending domains, by name',
    permission: 'domains:read',
    query: pageQuery.extend({
      /** A part of its name. */
      name: z.string().trim().min(1).max(255).optional(),
      ...sorted(['name'], 'ascending'),
    }),
    status: 200,
    response: page(sendingDomain),
    problems: [],
  }),
  addDomain: route({
    method: 'POST',
    path: '/api/v1/domains',
    tag,
    summary: 'Add a sending domain: its keys are made, and sign from now on',
    permission: 'domains:write',
    body: z.object({
      name: z.string().trim().min(1).max(255),
      subDomains: z.boolean().default(false),
      signedFields: z.array(signedField).max(50).default([]),
      delegatedTo: z.string().trim().min(1).max(255).nullable().default(null),
      rotateDays: z.int().min(1).max(3650).nullable().default(null),
      settleSeconds: z.int().min(0).max(2_592_000).default(3_600),
      retainSeconds: z.int().min(0).max(31_536_000).default(604_800),
    }),
    status: 201,
    response: sendingDomainDetail,
    problems: ['conflict'],
  }),
  showDomain: route({
    method: 'GET',
    path: '/api/v1/domains/{domain}',
    tag,
    summary: 'A sending domain, by its id or its name, with the records to publish',
    permission: 'domains:read',
    params,
    status: 200,
    response: sendingDomainDetail,
    version: ['id', 'name', 'subDomains', 'signedFields', 'rotateDays', 'settleSeconds', 'retainSeconds'],
    audited: 'domain',
    problems: ['not-found'],
  }),
  updateDomain: route({
    method: 'POST',
    changes: 'showDomain',
    path: '/api/v1/domains/{domain}/update',
    tag,
    summary: 'Change how a sending domain signs and rotates; what is left out stays',
    permission: 'domains:write',
    params,
    body: z.object({
      subDomains: z.boolean().optional(),
      signedFields: z.array(signedField).max(50).optional(),
      rotateDays: z.int().min(1).max(3650).nullable().optional(),
      settleSeconds: z.int().min(0).max(2_592_000).optional(),
      retainSeconds: z.int().min(0).max(31_536_000).optional(),
      reason: reason.optional(),
    }),
    status: 200,
    response: sendingDomainDetail,
    problems: ['not-found'],
  }),
  removeDomain: route({
    method: 'DELETE',
    path: '/api/v1/domains/{domain}',
    tag,
    summary: 'Remove a sending domain and its keys; its mail is not signed any more',
    permission: 'domains:write',
    params,
    body: because,
    status: 204,
    problems: ['not-found'],
  }),
  checkDomain: route({
    method: 'POST',
    path: '/api/v1/domains/{domain}/check',
    tag,
    summary:
      'Look at what the world sees of a sending domain now: each failing line says what comes of it and how to mend it',
    permission: 'domains:read',
    params,
    status: 200,
    response: domainCheck,
    problems: ['not-found'],
  }),
  checkMessage: route({
    method: 'GET',
    path: '/api/v1/messages/{id}/check',
    tag: 'Messages',
    summary: "Whether receivers that look now find a message signed, and its author's",
    permission: 'messages:read',
    params: z.object({ id: z.uuid() }),
    status: 200,
    response: domainCheck,
    problems: ['not-found'],
  }),
  checkCredential: route({
    method: 'GET',
    path: '/api/v1/credentials/{credential}/check',
    tag: 'Credentials',
    summary:
      'Whether what a credential sent in the last 7 days meets the rules of Google, Yahoo and Microsoft for bulk senders',
    permission: 'credentials:read',
    params: z.object({ credential: z.string().min(1).max(64) }),
    status: 200,
    response: domainCheck,
    problems: ['not-found'],
  }),
  rotateDomainKey: route({
    method: 'POST',
    path: '/api/v1/domains/{domain}/rotate-key',
    tag,
    summary: 'Begin a rotation: new keys are made, and sign once the world has seen them',
    permission: 'domains:write',
    params,
    body: because.extend({
      /** `once-seen` waits for the world; `now` signs with the new keys at once. */
      sign: z.enum(['once-seen', 'now']).default('once-seen'),
    }),
    status: 200,
    response: sendingDomainDetail,
    problems: ['not-found', 'conflict'],
  }),
  importDomainKey: route({
    method: 'POST',
    path: '/api/v1/domains/{domain}/keys',
    tag,
    summary: 'Bring a key along, as another signer has it: the selector keeps its record',
    permission: 'domains:write',
    params,
    body: because.extend({
      selector: z.string().trim().min(1).max(63),
      /** PEM, PKCS#8 or PKCS#1. */
      privateKey: z.string().min(1).max(16_384),
      sign: z.enum(['once-seen', 'now']).default('now'),
    }),
    status: 201,
    response: sendingDomainDetail,
    problems: ['not-found', 'conflict'],
  }),
};
