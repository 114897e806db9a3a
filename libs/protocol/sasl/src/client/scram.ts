import { createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { CHANNEL_BINDING_TYPES, type ChannelBindingType } from '../scram/channel-binding.ts';
import { readServerFirst, writeSaslName } from '../scram/messages.ts';
import { saslPrep } from '../scram/saslprep.ts';
import { hmac, SCRAM_ITERATIONS, sha256 } from '../scram/verifier.ts';
import { decodeBase64 } from '../server/base64.ts';
import type { ClientAnswer, ClientCredentials, ClientExchange } from './mechanism.ts';

/** A host that asks for more would have us work for it; one that asks for less is below RFC 7677 §4. */
const MAX_ITERATIONS = 200_000;

/** What a client may bind an exchange to, and whether the host said that it can. */
export interface ScramChannel {
  readonly binding?: (type: ChannelBindingType) => Buffer | undefined;
  readonly hostBinds: boolean;
}

export interface ScramOptions {
  readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-256-PLUS';
  readonly channel: ScramChannel;
  /** For tests that have to say the same each time. */
  readonly nonce?: string;
}

/**
 * SCRAM-SHA-256 as a client (RFC 5802 §3, RFC 7677): the host learns nothing that it could be us with, and is believed only
 * when it has proved that it knows us.
 */
export function scramClient({ name, secret }: ClientCredentials, options: ScramOptions): ClientExchange {
  const { mechanism, nonce = randomBytes(18).toString('base64') } = options;
  const { header, data } = binding(options);
  const password = saslPrep(secret);
  const bare = `n=${writeSaslName(saslPrep(name) ?? name)},r=${nonce}`;
  let step: (challenge: Buffer) => ClientAnswer = serverFirst;
  let complete = false;

  return {
    mechanism,
    initialResponse: Buffer.from(header + bare),
    respond: (challenge) => step(challenge),
    get complete() {
      return complete;
    },
  };

  function serverFirst(challenge: Buffer): ClientAnswer {
    const said = readServerFirst(challenge);
    if (!said) return cancel('the host’s first SCRAM message is none');
    if (!said.nonce.startsWith(nonce) || said.nonce.length <= nonce.length)
      return cancel('the host’s nonce does not continue ours');
    if (said.iterations < SCRAM_ITERATIONS || said.iterations > MAX_ITERATIONS)
      return cancel(`the host asks for ${said.iterations} iterations`);
    if (password === undefined) return cancel('the password has characters that SCRAM does not allow');
    const channelBinding = Buffer.concat([Buffer.from(header), data]).toString('base64');
    const withoutProof = `c=${channelBinding},r=${said.nonce}`;
    const signed = `${bare},${challenge.toString('utf8')},${withoutProof}`;
    const salted = pbkdf2Sync(password, said.salt, said.iterations, 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const signature = hmac(sha256(clientKey), signed);
    const proof = Buffer.from(clientKey.map((octet, index) => octet ^ (signature[index] ?? 0)));
    const expected = createHmac('sha256', hmac(salted, 'Server Key')).update(signed).digest();
    step = (final) => serverFinal(final, expected);
    return { kind: 'response', response: Buffer.from(`${withoutProof},p=${proof.toString('base64')}`) };
  }

  function serverFinal(challenge: Buffer, expected: Buffer): ClientAnswer {
    const [, base64] = /^v=([^,]*)/.exec(challenge.toString('latin1')) ?? [];
    const signature = base64 === undefined ? undefined : decodeBase64(base64);
    if (signature?.length !== expected.length || !timingSafeEqual(signature, expected))
      return cancel('the host did not prove that it knows the password');
    step = () => cancel('SCRAM is over, and the host asked for another response');
    complete = true;
    return { kind: 'response', response: Buffer.alloc(0) };
  }
}

/** RFC 5802 §6: `y` tells a host that offers no binding that we could have bound: if it did offer it, somebody sits between. */
function binding({ mechanism, channel }: ScramOptions): { readonly header: string; readonly data: Buffer } {
  const none = Buffer.alloc(0);
  const type = CHANNEL_BINDING_TYPES.find((each) => channel.binding?.(each) !== undefined);
  if (mechanism === 'SCRAM-SHA-256-PLUS' && type !== undefined)
    return { header: `p=${type},,`, data: channel.binding?.(type) ?? none };
  return { header: type !== undefined && !channel.hostBinds ? 'y,,' : 'n,,', data: none };
}

function cancel(because: string): ClientAnswer {
  return { kind: 'cancel', because };
}
