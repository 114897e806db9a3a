import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, reason, sorted } from '../shapes.ts';
import { cidrText, senderRuleText } from './credential.ts';
import { releaseBody, releasedMail, SETTINGS, submitterSettings, submitterView } from './submitter.ts';

/** A listed network: its hosts may relay without a credential. */
export const network = z
  .object({
    id: z.string(),
    cidr: z.string(),
    /** Who its hosts may send as. */
    senderRules: z.array(z.string()),
    /** Whom its devices send as, whatever they say, on a listener for devices; null: as whom they say. */
    rewriteFrom: z.string().nullable(),
    createdAt: instant,
    ...submitterView,
  })
  .meta({ id: 'Network' });
export type Network = z.output<typeof network>;

const tag = 'Listed networks';
/** The network's id or its CIDR. */
const params = z.object({ network: z.string().min(2).max(49) });

export const NETWORK_ROUTES = {
  listNetworks: route({
    method: 'GET',
    path: '/api/v1/networks',
    tag,
    summary: 'Listed networks, by address or in the order in which they were listed',
    permission: 'networks:read',
    query: pageQuery.extend({
      /** A part of the network, of its owner, its tag or a sender rule; or an address: the networks that it is in. */
      contains: z.string().trim().min(1).max(254).optional(),
      ...sorted(['cidr', 'created'], 'ascending'),
    }),
    status: 200,
    response: page(network),
    problems: [],
  }),
  addNetwork: route({
    method: 'POST',
    path: '/api/v1/networks',
    tag,
    summary: 'List a network: its hosts may relay without a credential',
    permission: 'networks:write',
    body: z.object({
      cidr: cidrText,
      senderRules: z.array(senderRuleText).min(1).max(1000).default(['*', '<>']),
      rewriteFrom: z.string().trim().min(3).max(320).nullable().default(null),
      ...submitterSettings,
    }),
    status: 201,
    response: network,
    problems: ['conflict'],
  }),
  showNetwork: route({
    method: 'GET',
    path: '/api/v1/networks/{network}',
    tag,
    summary: 'One listed network',
    permission: 'networks:read',
    params,
    status: 200,
    response: network,
    version: ['id', 'cidr', 'senderRules', 'rewriteFrom', ...SETTINGS],
    audited: 'network',
    problems: ['not-found'],
  }),
  updateNetwork: route({
    method: 'POST',
    changes: 'showNetwork',
    path: '/api/v1/networks/{network}/update',
    tag,
    summary: 'Change settings of a listed network; what is left out stays',
    permission: 'networks:write',
    params,
    body: z.object({
      senderRules: z.array(senderRuleText).min(1).max(1000).optional(),
      rewriteFrom: z.string().trim().min(3).max(320).nullable().optional(),
      ...submitterSettings,
      reason: reason.optional(),
    }),
    status: 200,
    response: network,
    problems: ['not-found', 'conflict'],
  }),
  releaseNetwork: route({
    method: 'POST',
    path: '/api/v1/networks/{network}/release',
    tag,
    summary: 'Release a listed network whose new mail the abuse guard holds',
    permission: 'networks:write',
    params,
    body: releaseBody,
    status: 200,
    response: releasedMail,
    problems: ['not-found', 'conflict'],
  }),
  removeNetwork: route({
    method: 'DELETE',
    path: '/api/v1/networks/{network}',
    tag,
    summary: 'Remove a listed network, by its id or its CIDR',
    permission: 'networks:write',
    params,
    body: because,
    status: 204,
    problems: ['not-found'],
  }),
};
