import type { ChannelBindingType } from '../scram/channel-binding.ts';
import { oauthBearer, xoauth2 } from './bearer.ts';
import { login } from './login.ts';
import type { ClientCredentials, ClientExchange, Disclosure } from './mechanism.ts';
import { plain } from './plain.ts';
import { scramClient, type ScramChannel } from './scram.ts';

interface ClientMechanism {
  readonly start: (credentials: ClientCredentials, channel: ScramChannel) => ClientExchange;
  readonly secret: Disclosure;
  readonly needs?: 'binding';
}

/** The mechanisms that we know as a client, best first. */
const MECHANISMS: ReadonlyMap<string, ClientMechanism> = new Map<string, ClientMechanism>([
  ['SCRAM-SHA-256-PLUS', { start: scram('SCRAM-SHA-256-PLUS'), secret: 'conceals', needs: 'binding' }],
  ['SCRAM-SHA-256', { start: scram('SCRAM-SHA-256'), secret: 'conceals' }],
  ['PLAIN', { start: plain, secret: 'discloses' }],
  ['LOGIN', { start: login, secret: 'discloses' }],
  ['OAUTHBEARER', { start: oauthBearer, secret: 'discloses' }],
  ['XOAUTH2', { start: xoauth2, secret: 'discloses' }],
]);

/** Those that take a password; the others take a token, and are used when they are asked for by name. */
const FOR_PASSWORDS = ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256', 'PLAIN', 'LOGIN'];

export type ClientChoice =
  | { readonly kind: 'chosen'; readonly exchange: ClientExchange }
  | { readonly kind: 'none in common' }
  /** There is one, but on this channel it would give the secret away. */
  | { readonly kind: 'needs encryption' };

/** What the host offers, over which channel. */
export interface HostOffer {
  readonly offers: readonly string[];
  readonly channel: 'encrypted' | 'clear';
  /** What binds an exchange to the channel, for each type that it has. */
  readonly binding?: ((type: ChannelBindingType) => Buffer | undefined) | undefined;
}

/** Begins an exchange by the best mechanism that both sides know and that the channel is fit for. */
export function chooseMechanism(credentials: ClientCredentials, host: HostOffer): ClientChoice {
  const offered = new Set(host.offers.map((each) => each.toUpperCase()));
  const allowed = (credentials.mechanisms ?? FOR_PASSWORDS).map((each) => each.toUpperCase());
  const binds = host.channel === 'encrypted' && hasBinding(host);
  const common = allowed
    .filter((each) => offered.has(each))
    .flatMap((each) => MECHANISMS.get(each) ?? [])
    .filter(({ needs }) => needs === undefined || binds);
  const [fit] = common.filter(({ secret }) => host.channel === 'encrypted' || secret === 'conceals');
  const channel: ScramChannel = {
    hostBinds: offered.has('SCRAM-SHA-256-PLUS'),
    ...(binds && host.binding ? { binding: host.binding } : {}),
  };
  if (fit) return { kind: 'chosen', exchange: fit.start(credentials, channel) };
  return { kind: common.length === 0 ? 'none in common' : 'needs encryption' };
}

function scram(mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-256-PLUS'): ClientMechanism['start'] {
  return (credentials, channel) => scramClient(credentials, { mechanism, channel });
}

function hasBinding({ binding }: HostOffer): boolean {
  return binding?.('tls-exporter') !== undefined || binding?.('tls-server-end-point') !== undefined;
}
