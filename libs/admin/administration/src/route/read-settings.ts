import type { MailRoute } from '@postern/admin-contract';
import { formatSenderRule } from '@postern/credentials';
import { seal, UPSTREAM_CERTIFICATE, UPSTREAM_PASSWORD } from '@postern/sealing';
import type { FieldReader } from '../read-fields.ts';
import type { RouteSettings } from '../ports/route-admin.ts';
import { CLIENT_CERTIFICATE_RULE, readClientCertificate } from './client-certificate.ts';
import { DOMAIN_PATTERN_RULE, parseDomainPattern, parseUpstreamHost, UPSTREAM_HOST_RULE } from './route-fields.ts';

/** What is given of a route's settings; a password and a client certificate of undefined stay as they were. */
export interface GivenSettings extends Omit<
  MailRoute,
  'id' | 'name' | 'position' | 'queueId' | 'createdAt' | 'clientCertificate'
> {
  readonly password: string | null | undefined;
  readonly clientCertificate: string | null | undefined;
}

/** Reads the settings of a route, noting in `fields` what is wrong with them. The password is sealed. */
export function readRouteSettings(given: GivenSettings, fields: FieldReader, sealKey: Buffer): RouteSettings {
  const { kind, port, tls, user, password, oauth, implicitTls } = given;
  const readHost = (at: string, text: string) => fields.read(at, parseUpstreamHost(text), UPSTREAM_HOST_RULE) ?? '';
  const readDomain = (at: string, text: string) => fields.read(at, parseDomainPattern(text), DOMAIN_PATTERN_RULE);
  const toHosts = kind === 'smarthost';
  const host = toHosts ? readHost('body.host', given.host) : '';
  if (!toHosts && (given.host !== '' || given.moreHosts.length > 0))
    fields.refuse('body.host', `Expected none: the mail of a route that is to ${kind} goes to no host`);
  const moreHosts = given.moreHosts.map((each, index) => ({
    ...each,
    host: readHost(`body.moreHosts.${index}.host`, each.host),
  }));
  if (new Set([host, ...moreHosts.map((each) => each.host)]).size <= moreHosts.length)
    fields.refuse('body.moreHosts', 'Expected each host once');
  if ((user === null) !== (password === null) && password !== undefined)
    fields.refuse(user === null ? 'body.user' : 'body.password', 'Expected a user and a password, or neither');
  if (user === null && oauth !== null) fields.refuse('body.user', 'Expected the mailbox that the token is for');
  // RFC 4954 §4: no password goes over a connection that may be in clear.
  if (user !== null && tls === 'opportunistic' && !implicitTls)
    fields.refuse('body.tls', 'Expected required or verify, since a password is sent');
  if (oauth !== null && !isPrivate(oauth.tokenUrl))
    fields.refuse('body.oauth.tokenUrl', 'Expected https: the secret is sent there');
  return {
    host,
    port,
    moreHosts,
    implicitTls,
    tls,
    oauth,
    tags: [...new Set(given.tags.map((each) => each.toLowerCase()))],
    user: user ?? undefined,
    sealedPassword:
      password === undefined
        ? 'kept'
        : password === null
          ? undefined
          : seal(password, { key: sealKey, purpose: UPSTREAM_PASSWORD }),
    clientCertificate: readCertificate(given.clientCertificate, fields, sealKey),
    domains: fields.each('body.domains', given.domains, { read: readDomain, format: String }),
    senderRules: fields.senderRules('body.senderRules', given.senderRules),
  };
}

function readCertificate(
  pem: string | null | undefined,
  fields: FieldReader,
  key: Buffer,
): RouteSettings['clientCertificate'] {
  if (pem === undefined) return 'kept';
  if (pem === null) return undefined;
  const facts = fields.read('body.clientCertificate', readClientCertificate(pem), CLIENT_CERTIFICATE_RULE);
  return facts && { sealed: seal(pem, { key, purpose: UPSTREAM_CERTIFICATE }), facts };
}

/** What the audit tells of the settings: no secret. */
export function factsOf({ senderRules, sealedPassword, clientCertificate, ...settings }: RouteSettings) {
  return {
    ...settings,
    senderRules: senderRules.map(formatSenderRule),
    ...(clientCertificate === 'kept' ? {} : { clientCertificate: clientCertificate?.facts ?? 'none' }),
    ...(sealedPassword === 'kept' ? {} : { password: sealedPassword ? 'set' : 'none' }),
  };
}

/** In clear a secret goes over loopback only. */
function isPrivate(tokenUrl: string): boolean {
  const url = new URL(tokenUrl);
  return url.protocol === 'https:' || /^(?:localhost|127\.[0-9.]+|\[::1\])$/.test(url.hostname);
}
