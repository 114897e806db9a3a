import type { PaceLimits } from './pace.ts';

/** A provider whose domains have mail hosts of their own names, and limits in common. */
export interface Provider {
  readonly name: string;
  /** What the names of all of its mail hosts end in. */
  readonly hosts: readonly string[];
  /** What differs from the limits of everyone else: what it is known to take. */
  readonly limits: {
    readonly lanes?: Partial<PaceLimits['lanes']>;
    readonly connection?: Partial<PaceLimits['connection']>;
  };
}

/** The large providers: thousands of domains each, one queue and one set of limits each. */
// prettier-ignore
export const PROVIDERS: readonly Provider[] = Object.freeze([
  { name: 'google', hosts: ['google.com', 'googlemail.com', 'psmtp.com'], limits: { connection: { messages: 100 } } },
  { name: 'microsoft', hosts: ['mail.protection.outlook.com', 'mail.protection.outlook.de', 'mail.protection.office365.us', 'mail.eo.outlook.com', 'mx.microsoft', 'olc.protection.outlook.com'], limits: { connection: { messages: 100 } } },
  // Yahoo asks for at most 20 messages in a session and 5 sessions from an address to begin with.
  { name: 'yahoo', hosts: ['yahoodns.net'], limits: { lanes: { most: 10 }, connection: { messages: 20 } } },
  { name: 'apple', hosts: ['mail.icloud.com', 'icloud.com', 'apple.com'], limits: { lanes: { most: 10 }, connection: { messages: 50 } } },
  { name: 'proofpoint', hosts: ['pphosted.com', 'ppe-hosted.com'], limits: { connection: { messages: 50 } } },
  { name: 'mimecast', hosts: ['mimecast.com', 'mimecast.co.za', 'mimecast-offshore.com'], limits: { connection: { messages: 50 } } },
  { name: 'barracuda', hosts: ['ess.barracudanetworks.com'], limits: { connection: { messages: 50 } } },
  { name: 'cloudflare', hosts: ['mx.cloudflare.net'], limits: {} },
  { name: 'zoho', hosts: ['zoho.com', 'zoho.eu', 'zoho.in', 'zohomail.com'], limits: { lanes: { most: 10 } } },
  { name: 'gmx', hosts: ['gmx.net', 'kundenserver.de', 'perfora.net', 'ionos.com'], limits: { lanes: { most: 10 } } },
  { name: 'ovh', hosts: ['mail.ovh.net'], limits: {} },
  { name: 'yandex', hosts: ['yandex.net', 'yandex.ru'], limits: { lanes: { most: 10 } } },
  { name: 'mailru', hosts: ['mail.ru'], limits: { lanes: { most: 10 } } },
]);

/** The provider of mail hosts, when all of them are its own. */
export function providerOfHosts(hosts: readonly string[]): Provider | undefined {
  if (hosts.length === 0) return undefined;
  return PROVIDERS.find((provider) => hosts.every((host) => isOf(provider, host)));
}

/** The provider whose site has this name. */
export function providerNamed(site: string): Provider | undefined {
  const name = /^provider:([a-z]+)$/.exec(site)?.[1];
  return name === undefined ? undefined : PROVIDERS.find((each) => each.name === name);
}

function isOf({ hosts }: Provider, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return hosts.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}
