import { login } from './login.ts';
import type { ClientCredentials, ClientExchange, Disclosure } from './mechanism.ts';
import { plain } from './plain.ts';

/** The mechanisms that we know as a client, best first. */
const MECHANISMS: ReadonlyMap<string, { start(credentials: ClientCredentials): ClientExchange; secret: Disclosure }> =
  new Map([
    ['PLAIN', { start: plain, secret: 'discloses' }],
    ['LOGIN', { start: login, secret: 'discloses' }],
  ]);

export type ClientChoice =
  | { readonly kind: 'chosen'; readonly exchange: ClientExchange }
  | { readonly kind: 'none in common' }
  /** There is one, but on this channel it would give the secret away. */
  | { readonly kind: 'needs encryption' };

/** Begins an exchange by the best mechanism that both sides know and that the channel is fit for. */
export function chooseMechanism(
  credentials: ClientCredentials,
  host: { readonly offers: readonly string[]; readonly channel: 'encrypted' | 'clear' },
): ClientChoice {
  const offered = new Set(host.offers.map((each) => each.toUpperCase()));
  const allowed = (credentials.mechanisms ?? [...MECHANISMS.keys()]).map((each) => each.toUpperCase());
  const common = allowed.filter((each) => offered.has(each)).flatMap((each) => MECHANISMS.get(each) ?? []);
  const [fit] = common.filter(({ secret }) => host.channel === 'encrypted' || secret === 'conceals');
  if (fit) return { kind: 'chosen', exchange: fit.start(credentials) };
  return { kind: common.length === 0 ? 'none in common' : 'needs encryption' };
}
