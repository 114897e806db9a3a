import type { NewPasskeyProof, PasskeyCreation, PasskeyProof, PasskeyRequest } from '@postern/admin-contract';
import type { PasskeyKey, StoredPasskey } from '@postern/administration';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { RelyingParty } from './relying-party.ts';

/** How long a challenge is good: for as long as a person looks for their key. */
export const CHALLENGE_MS = 5 * 60_000;

/** EdDSA, ES256 and RS256 (RFC 9053 §2, RFC 8812 §2): what every device speaks, and this runtime without experiments. */
const ALGORITHMS = [-8, -7, -257];

/** Whether the browser has proven what it says; if not, why, for our own log. */
export type Proof<T> = { readonly proven: T } | { readonly refused: string };

/** Asks for a new key that is found without a name, and that knows its person (by a finger, a face, a PIN). */
export async function askForNew(
  { id }: RelyingParty,
  person: { readonly id: string; readonly email: string; readonly name: string },
  had: readonly Pick<PasskeyKey, 'credentialId' | 'transports'>[],
): Promise<PasskeyCreation> {
  const { challenge, pubKeyCredParams } = await generateRegistrationOptions({
    rpName: 'Postern',
    rpID: id,
    userName: person.email,
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return {
    rp: { id, name: 'Postern' },
    user: { id: handleOf(person), name: person.email, displayName: person.name },
    challenge,
    pubKeyCredParams,
    timeout: CHALLENGE_MS,
    excludeCredentials: had.map((each) => ({
      id: each.credentialId,
      type: 'public-key',
      transports: [...each.transports],
    })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    // Who made the key is not asked: any that people have is good here, and none tells on them.
    attestation: 'none',
  };
}

/** The key that a browser made, if it made it here and for this challenge (Web Authentication Level 3 §7.1). */
export async function proveNew(
  { id, origin }: RelyingParty,
  given: { readonly proof: NewPasskeyProof; readonly challenge: string },
): Promise<Proof<PasskeyKey>> {
  const { proof, challenge } = given;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...proof, response: whatIsProven(proof.response), clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified || !registrationInfo) return { refused: 'the attestation is none' };
    const { id: credentialId, publicKey, counter } = registrationInfo.credential;
    if (credentialId !== proof.id) return { refused: 'the key is another one than the answer names' };
    return { proven: { credentialId, publicKey, counter, transports: proof.response.transports ?? [] } };
  } catch (error) {
    return refusedFor(error);
  }
}

/** Asks for a signature of any key that the browser has for us. */
export async function askForUse({ id }: RelyingParty): Promise<PasskeyRequest> {
  const { challenge } = await generateAuthenticationOptions({ rpID: id, userVerification: 'required' });
  return { rpId: id, challenge, timeout: CHALLENGE_MS, userVerification: 'required' };
}

/**
 * The count of uses after a key has signed here, for this challenge, with its person known to it (Web Authentication
 * Level 3 §7.2). A count that did not go up is of a copy, and refused.
 */
export async function proveUse(
  { id, origin }: RelyingParty,
  given: { readonly proof: PasskeyProof; readonly challenge: string; readonly passkey: StoredPasskey },
): Promise<Proof<{ readonly counter: number }>> {
  const { proof, challenge, passkey } = given;
  // §7.2, step 6: nobody was named before, so the key says whose it is.
  if (proof.response.userHandle !== handleOf({ id: passkey.personId }))
    return { refused: 'the key names another person' };
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...proof, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: passkey.counter },
    });
    return verified ? { proven: { counter: authenticationInfo.newCounter } } : { refused: 'the signature is wrong' };
  } catch (error) {
    return refusedFor(error);
  }
}

/** Says nothing of a person to who finds the key: the octets of a random id. */
function handleOf({ id }: { readonly id: string }): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

function whatIsProven({ clientDataJSON, attestationObject }: NewPasskeyProof['response']) {
  return { clientDataJSON, attestationObject };
}

/** The library says by exceptions what is wrong with an answer; they quote it. */
function refusedFor(error: unknown): { readonly refused: string } {
  return { refused: error instanceof Error ? error.message.slice(0, 200) : 'the answer cannot be read' };
}
