import { startAuthentication } from '@simplewebauthn/browser';
import type { Problem } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { whatHappened, type DeviceFault } from './what-happened.ts';

/**
 * Signs in with a passkey: at once, or when the viewer chooses one that the browser shows at the address field (`autofill`).
 * Undefined: nothing came of it and nothing is to be said, because something else was asked meanwhile.
 */
export async function signInWithPasskey(
  how: 'at once' | 'autofill',
  stillWanted: () => boolean = () => true,
): Promise<'signed-in' | DeviceFault | undefined> {
  const asked = await browserApi.askForPasskey();
  if (!stillWanted()) return undefined;
  if ('problem' in asked) return how === 'autofill' ? undefined : told(asked.problem);
  let proof;
  try {
    proof = await startAuthentication({ optionsJSON: asked.ok, useBrowserAutofill: how === 'autofill' });
  } catch (error) {
    // What was only offered is not missed.
    return how === 'autofill' ? undefined : whatHappened(error, 'to sign in');
  }
  const { id, rawId } = proof;
  const { clientDataJSON, authenticatorData, signature, userHandle = '' } = proof.response;
  const response = { clientDataJSON, authenticatorData, signature, userHandle };
  const result = await browserApi.signInWithPasskey({
    body: { credential: { id, rawId, type: 'public-key', response } },
  });
  return 'problem' in result ? told(result.problem) : 'signed-in';
}

function told({ code, title, detail }: Problem): DeviceFault {
  if (code === 'sign-in-refused') return { title: 'That passkey does not sign in', says: detail };
  return { title: code === 'too-many-requests' ? 'Too many attempts' : title, says: detail };
}
