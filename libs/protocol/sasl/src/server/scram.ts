import { randomBytes, timingSafeEqual } from 'node:crypto';
import { replies } from '@postern/smtp';
import { CHANNEL_BINDING_TYPES, channelBindingType } from '../scram/channel-binding.ts';
import { readClientFinal, readClientFirst, type ClientFirst } from '../scram/messages.ts';
import { hmac, sha256, type ScramVerifier } from '../scram/verifier.ts';
import type { ScramLookup, ServerChannel, ServerMechanism, ServerStep } from './mechanism.ts';
import { MALFORMED } from './password.ts';

type Name = 'SCRAM-SHA-256' | 'SCRAM-SHA-256-PLUS';

const EMPTY = Buffer.alloc(0);
const REFUSED: ServerStep = Object.freeze({ kind: 'refused', reply: replies.authenticationRefused });
/** Checked against where nothing is kept, so that it takes as long. */
const NOBODY: ScramVerifier = { salt: EMPTY, iterations: 0, storedKey: randomBytes(32), serverKey: randomBytes(32) };

/** SCRAM-SHA-256 (RFC 5802, RFC 7677): the client proves that it knows the password, and shows it to nobody. */
export const scramSha256: ServerMechanism = Object.freeze(scram('SCRAM-SHA-256'));

/** The same, bound to the TLS channel: whoever sits between sees it fail (RFC 5802 §6). */
export const scramSha256Plus: ServerMechanism = Object.freeze({ ...scram('SCRAM-SHA-256-PLUS'), fits: canBind });

/** The mechanism; `newNonce` is for tests that have to say the same each time. */
export function scram(mechanism: Name, newNonce = (): string => randomBytes(18).toString('base64')): ServerMechanism {
  const first = (channel: ServerChannel) => (response: Buffer) => clientFirst(response, channel);
  return {
    name: mechanism,
    start: (initial, channel) =>
      initial === undefined
        ? { kind: 'challenge', challenge: EMPTY, next: first(channel) }
        : clientFirst(initial, channel),
  };

  function clientFirst(response: Buffer, channel: ServerChannel): ServerStep {
    const said = readClientFirst(response);
    if (!said) return MALFORMED;
    const expected = bindingExpected(mechanism, said, channel);
    // RFC 5802 §5.1: to act as someone else needs a permission that nobody has here.
    if (!expected || (said.authzid !== undefined && said.authzid !== said.name)) return REFUSED;
    return { kind: 'verifiers', name: said.name, next: (known) => serverFirst(said, known, expected) };
  }

  function serverFirst(said: ClientFirst, known: ScramLookup, expected: Buffer): ServerStep {
    const nonce = said.nonce + newNonce();
    const challenge = `r=${nonce},s=${known.salt.toString('base64')},i=${known.iterations}`;
    return {
      kind: 'challenge',
      challenge: Buffer.from(challenge),
      next: (response) => {
        const final = readClientFinal(response);
        if (!final) return MALFORMED;
        const signed = `${said.bare},${challenge},${final.withoutProof}`;
        const isThis = final.nonce === nonce && final.channelBinding.equals(expected);
        const fitting = fits(known.verifiers, { signed, proof: final.proof });
        const proved = isThis ? fitting : undefined;
        return {
          kind: 'credentials',
          credentials: { mechanism, name: said.name, proved },
          ...(proved && { withSuccess: Buffer.from(`v=${hmac(proved.serverKey, signed).toString('base64')}`) }),
        };
      },
    };
  }
}

/** What the client must repeat under its proof: its header, and the binding of the channel; undefined when that cannot be. */
function bindingExpected(
  mechanism: Name,
  { binding, gs2Header }: ClientFirst,
  channel: ServerChannel,
): Buffer | undefined {
  const header = Buffer.from(gs2Header);
  if (mechanism === 'SCRAM-SHA-256') {
    // RFC 5802 §6: a client that could bind and was told that we cannot has been lied to.
    return binding.flag === 'p' || (binding.flag === 'y' && canBind(channel)) ? undefined : header;
  }
  const type = binding.flag === 'p' ? channelBindingType(binding.type) : undefined;
  const data = type && channel.binding(type);
  return data && Buffer.concat([header, data]);
}

function canBind(channel: ServerChannel): boolean {
  return CHANNEL_BINDING_TYPES.some((type) => channel.binding(type) !== undefined);
}

/** The verifier that a proof fits (RFC 5802 §3): each is tried, whichever it is. */
function fits(
  verifiers: readonly ScramVerifier[],
  { signed, proof }: { readonly signed: string; readonly proof: Buffer },
): ScramVerifier | undefined {
  let found: ScramVerifier | undefined;
  for (const verifier of verifiers.length === 0 ? [NOBODY] : verifiers) {
    const signature = hmac(verifier.storedKey, signed);
    const clientKey = Buffer.from(signature.map((octet, index) => octet ^ (proof[index] ?? 0)));
    const right = timingSafeEqual(sha256(clientKey), verifier.storedKey) && proof.length === signature.length;
    if (right) found ??= verifier;
  }
  return found;
}
