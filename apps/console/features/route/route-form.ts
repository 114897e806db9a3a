import type { MailRoute } from '@postern/admin-contract';
import { linesOf, textOf } from '../form/read-form.ts';
import { told, type Told } from '../form/told.ts';
import { readHosts, writeHosts } from './read-hosts.ts';
import { TLS_WORDS } from './words.ts';

/** What was written into the fields of a route; of one that is there, secrets that were left empty stay. */
export function routeOf(form: FormData, route: MailRoute | undefined) {
  const tls = (['opportunistic', 'required', 'verify', 'dane'] as const).find((each) => each === textOf(form, 'tls'));
  const tokenUrl = textOf(form, 'tokenUrl');
  const user = textOf(form, 'user') || null;
  return {
    host: textOf(form, 'host'),
    port: Number(textOf(form, 'port') || 587),
    moreHosts: readHosts(linesOf(form, 'moreHosts')),
    implicitTls: form.get('implicitTls') !== null,
    user,
    ...passwordOf(textOf(form, 'password'), Boolean(route?.user) && user !== null),
    oauth: tokenUrl === '' ? null : { tokenUrl, clientId: textOf(form, 'clientId'), scope: textOf(form, 'scope') },
    ...certificateOf(textOf(form, 'clientCertificate'), route !== undefined && form.get('noCertificate') === null),
    tls: tls ?? 'verify',
    domains: linesOf(form, 'domains'),
    senderRules: linesOf(form, 'senderRules'),
    tags: linesOf(form, 'tags'),
  };
}

/** An empty password of a route that has one stays as it is; one whose user is gone needs none. */
function passwordOf(password: string, stays: boolean): { readonly password?: string | null } {
  if (password !== '') return { password };
  return stays ? {} : { password: null };
}

function certificateOf(pem: string, stays: boolean): { readonly clientCertificate?: string | null } {
  if (pem !== '') return { clientCertificate: `${pem}\n` };
  return stays ? {} : { clientCertificate: null };
}

/** The fields as they stand in a route; of secrets only what may be seen. */
export function toldOfRoute(route: MailRoute): readonly Told[] {
  const { oauth, clientCertificate } = route;
  return [
    told('host', 'Smarthost', route.host),
    told('port', 'Port', route.port),
    told('moreHosts', 'Further smarthosts', writeHosts(route.moreHosts).replaceAll('\n', ', ')),
    told('tls', 'It must be', TLS_WORDS[route.tls]),
    told('implicitTls', 'TLS from the start', route.implicitTls),
    told('user', 'User', route.user, 'nobody'),
    told('clientCertificate', 'Client certificate', clientCertificate?.fingerprintSha256),
    told('tokenUrl', 'OAuth token URL', oauth?.tokenUrl),
    told('clientId', 'OAuth client id', oauth?.clientId),
    told('scope', 'OAuth scope', oauth?.scope),
    told('domains', 'Recipient domains that it takes', route.domains),
    told('senderRules', 'Senders', route.senderRules, 'any'),
    told('tags', 'Tags', route.tags, 'any'),
  ];
}
