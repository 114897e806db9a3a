import { startRegistration } from '@simplewebauthn/browser';
import type { Result } from '@postern/admin-client';
import {
  newProblem,
  type NewPasskeyProof,
  type Passkey,
  type PasskeyCreation,
  type Problem,
} from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { retitled } from '../own-account/retitled.ts';
import { whatHappened } from './what-happened.ts';

/** Adds a passkey to the viewer's account: the password first, then the device is asked, then it is told to the API. */
export async function addPasskey(given: {
  readonly name: string;
  readonly password: string;
}): Promise<Result<Passkey>> {
  const { name, password } = given;
  const asked = retitled(await browserApi.startPasskey({ body: { password } }), 'That is not your password');
  if ('problem' in asked) return asked;
  const made = await make(asked.ok);
  return 'problem' in made ? made : browserApi.addPasskey({ body: { name, credential: made.credential } });
}

async function make(
  options: PasskeyCreation,
): Promise<{ readonly credential: NewPasskeyProof } | { readonly problem: Problem }> {
  try {
    const { id, rawId, response } = await startRegistration({ optionsJSON: options });
    const { clientDataJSON, attestationObject, transports = [] } = response;
    const proven = { clientDataJSON, attestationObject, transports };
    return { credential: { id, rawId, type: 'public-key', response: proven } };
  } catch (error) {
    const { title, says } = whatHappened(error, 'to add') ?? { title: 'No passkey was made', says: 'Try again.' };
    return { problem: { ...newProblem('conflict', says), title } };
  }
}
