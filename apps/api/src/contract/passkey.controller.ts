import { createHash } from 'node:crypto';
import { ROUTES, type PasskeyProof, type PasskeyRequest, type Session } from '@postern/admin-contract';
import { recordSession, signInSucceeded, type StoredPasskey } from '@postern/administration';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { endedPasskeyCookie, newPasskeyCookie, passkeyCookieOf } from '../accounts/passkey-cookie.ts';
import { askForUse, CHALLENGE_MS, proveUse } from '../accounts/webauthn.ts';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { ProblemException } from '../gate/problem.exception.ts';
import { clientOf, type ApiRequest } from '../gate/request.ts';
import { admitted } from './admitted.ts';
import { parsed } from './parsed.ts';
import { namedConsole } from './named-console.ts';
import { showSession } from './session.controller.ts';
import { Serves } from './verb-controllers.ts';

const TOO_LATE = 'The page was open for too long, or its question was answered before: try again';
const NOT_KNOWN = 'It may have been removed from your account. Sign in with your password, and add a passkey anew';

/** Sign-in with a passkey: the device knows its person, and has the key, so it is both factors. */
@Controller()
export class PasskeyController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.askForPasskey)
  async ask(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PasskeyRequest> {
    const asked = await askForUse(namedConsole(this.#parts));
    const { boundTo, setCookie } = newPasskeyCookie(clientOf(request));
    const expiresAt = new Date(Date.now() + CHALLENGE_MS);
    await this.#parts.store.keepChallenge({ boundTo, challenge: asked.challenge, expiresAt });
    void reply.header('set-cookie', setCookie);
    return asked;
  }

  @Serves(ROUTES.signInWithPasskey)
  async signIn(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Session> {
    const { sessions, store } = this.#parts;
    const { credential } = parsed(ROUTES.signInWithPasskey, request).body;
    const client = clientOf(request);
    const admission = await admitted(this.#parts, {
      email: `passkey ${digestOf(credential)}`,
      address: client.address,
    });
    const passkey = await this.#proven(request, credential);
    const begun = await sessions.signInProven(client, { id: passkey.personId });
    if (!begun) throw this.#refused(request, { why: 'its account is gone', passkey, says: NOT_KNOWN });
    await admission.succeeded();
    await signInSucceeded(store, { email: begun.email, address: client.address });
    await recordSession({ store, actor: begun.actor }, 'session.sign-in', { by: 'passkey', passkey: passkey.name });
    void reply.header('set-cookie', [endedPasskeyCookie(client), ...begun.setCookies]);
    return showSession(begun);
  }

  /** The passkey that has answered the challenge of this browser; it is used up, whatever the answer is. */
  async #proven(request: ApiRequest, proof: PasskeyProof): Promise<StoredPasskey> {
    const { store } = this.#parts;
    const relyingParty = namedConsole(this.#parts);
    const boundTo = passkeyCookieOf(clientOf(request));
    const challenge = boundTo === undefined ? undefined : await store.takeChallenge(boundTo);
    if (challenge === undefined) throw this.#refused(request, { why: 'no challenge waits for it', says: TOO_LATE });
    const passkey = await store.findPasskey(proof.id);
    const proven = passkey
      ? await proveUse(relyingParty, { proof, challenge, passkey })
      : { refused: 'no account has this passkey' };
    const why = 'refused' in proven ? proven.refused : undefined;
    if (passkey && 'proven' in proven) {
      const use = { id: passkey.id, from: passkey.counter, to: proven.proven.counter };
      if (await store.change((changes) => changes.usePasskey(use))) return passkey;
    }
    throw this.#refused(request, { why: why ?? 'its counter did not grow', passkey, says: NOT_KNOWN });
  }

  /** Every refusal is in the log with its reason, as that of a password is; the answer tells no more than it must. */
  #refused(
    request: ApiRequest,
    {
      why,
      passkey,
      says,
    }: { readonly why: string; readonly passkey?: StoredPasskey | undefined; readonly says: string },
  ): ProblemException {
    this.#parts.log.info({ address: request.ip, why, passkey: passkey?.id }, 'sign-in refused');
    return new ProblemException('sign-in-refused', says);
  }
}

/** Tries with one key are counted together, whoever's it is. */
function digestOf({ id }: PasskeyProof): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 16);
}
