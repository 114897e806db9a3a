import type { Reply } from '@postern/smtp';
import { chooseMechanism, type ClientCredentials, type ClientExchange, type HostOffer } from '@postern/sasl';

export type BegunAuth =
  | { readonly kind: 'begun'; readonly exchange: ClientExchange; readonly line: string }
  | { readonly kind: 'refused'; readonly because: string };

/** RFC 5321 §4.5.3.1.4, without CRLF. */
const MAX_COMMAND_OCTETS = 510;

/** AUTH with the best mechanism that both know (RFC 4954 §4). */
export function authenticate(credentials: ClientCredentials, host: HostOffer): BegunAuth {
  const choice = chooseMechanism(credentials, host);
  if (choice.kind === 'needs encryption') {
    return {
      kind: 'refused',
      because: 'every common AUTH mechanism discloses the password, and the channel is in clear',
    };
  }
  if (choice.kind === 'none in common') {
    const offered = host.offers.length === 0 ? 'no AUTH' : `AUTH ${host.offers.slice(0, 10).join(' ')}`;
    return { kind: 'refused', because: `no AUTH mechanism in common: the host offers ${offered}` };
  }
  const { exchange } = choice;
  const { mechanism, initialResponse } = exchange;
  if (initialResponse === undefined) return { kind: 'begun', exchange, line: `AUTH ${mechanism}` };
  const line = `AUTH ${mechanism} ${encodeInitial(initialResponse)}`;
  if (line.length <= MAX_COMMAND_OCTETS) return { kind: 'begun', exchange, line };
  // RFC 4954 §4: too long for the command, so it waits for the host's empty challenge.
  return { kind: 'begun', exchange: afterEmptyChallenge(exchange, initialResponse), line: `AUTH ${mechanism}` };
}

/** The answer to a 334 (RFC 4954 §4): base64 in, base64 out. */
export function answerChallenge(
  exchange: ClientExchange,
  { lines }: Reply,
): { readonly kind: 'line'; readonly line: string } | { readonly kind: 'cancel' } {
  const answer = exchange.respond(Buffer.from(lines.join(''), 'base64'));
  return answer.kind === 'cancel' ? answer : { kind: 'line', line: answer.response.toString('base64') };
}

/** RFC 4954 §4: an empty initial response is `=`. */
function encodeInitial(response: Buffer): string {
  return response.length === 0 ? '=' : response.toString('base64');
}

function afterEmptyChallenge(exchange: ClientExchange, initialResponse: Buffer): ClientExchange {
  let sent = false;
  return {
    mechanism: exchange.mechanism,
    initialResponse: undefined,
    respond: (challenge) => {
      if (sent) return exchange.respond(challenge);
      sent = true;
      return { kind: 'response', response: initialResponse };
    },
    get complete() {
      return sent && exchange.complete;
    },
  };
}
