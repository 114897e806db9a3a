import { ROUTES, type Passkey, type PasskeyCreation } from '@postern/admin-contract';
import { addPasskey, removePasskey } from '@postern/administration';
import { Controller, Inject, Req } from '@nestjs/common';
import { askForNew, CHALLENGE_MS, proveNew } from '../accounts/webauthn.ts';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { answerOf, ProblemException } from '../gate/problem.exception.ts';
import { clientOf, signedInOf, type ApiRequest } from '../gate/request.ts';
import { admitted } from './admitted.ts';
import { namedConsole } from './named-console.ts';
import { parsed } from './parsed.ts';
import { Serves } from './verb-controllers.ts';

/** How people keep the passkeys of their own accounts. */
@Controller()
export class OwnPasskeysController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.startPasskey)
  async start(@Req() request: ApiRequest): Promise<PasskeyCreation> {
    const { store } = this.#parts;
    const { password } = parsed(ROUTES.startPasskey, request).body;
    const { actor, email, name } = signedInOf(request);
    const relyingParty = namedConsole(this.#parts);
    await this.#confirmed(request, password);
    const asked = await askForNew(relyingParty, { id: actor.id, email, name }, await store.listPasskeys(actor.id));
    const expiresAt = new Date(Date.now() + CHALLENGE_MS);
    await store.keepChallenge({ boundTo: sessionOf(request), challenge: asked.challenge, expiresAt });
    return asked;
  }

  @Serves(ROUTES.addPasskey)
  async add(@Req() request: ApiRequest): Promise<Passkey> {
    const { store, log } = this.#parts;
    const { name, credential } = parsed(ROUTES.addPasskey, request).body;
    const { actor } = signedInOf(request);
    const relyingParty = namedConsole(this.#parts);
    const challenge = await store.takeChallenge(sessionOf(request));
    if (challenge === undefined) throw new ProblemException('sign-in-refused', 'It took too long: begin anew');
    const proof = await proveNew(relyingParty, { proof: credential, challenge });
    if ('refused' in proof) {
      log.info({ address: request.ip, person: actor.id, why: proof.refused }, 'new passkey refused');
      throw new ProblemException('sign-in-refused', 'The browser has not proven that it made a passkey: begin anew');
    }
    return answerOf(await addPasskey({ store, actor }, { ...proof.proven, name }));
  }

  @Serves(ROUTES.removePasskey)
  async remove(@Req() request: ApiRequest): Promise<void> {
    const { store } = this.#parts;
    const { params, body } = parsed(ROUTES.removePasskey, request);
    const { actor, sessionId } = signedInOf(request);
    await this.#confirmed(request, body.password);
    answerOf(await removePasskey({ store, actor }, { id: params.id, session: sessionId }));
  }

  /** Who took over a session may not guess the password through it, and has no way in of their own without it. */
  async #confirmed(request: ApiRequest, password: string): Promise<void> {
    const { store, sessions } = this.#parts;
    const { actor, email } = signedInOf(request);
    if (!(await store.accountSecurity(actor.id)).hasPassword) {
      const detail = 'Your organisation signs you in; a passkey would go around it. An owner can give you a password';
      throw new ProblemException('conflict', detail);
    }
    const client = clientOf(request);
    const admission = await admitted(this.#parts, { email, address: client.address });
    if (!(await sessions.confirmPassword(client, password)))
      throw new ProblemException('sign-in-refused', 'That is not your password');
    await admission.succeeded();
  }
}

/** What the challenge of a session is bound to. */
function sessionOf(request: ApiRequest): string {
  return `session ${signedInOf(request).sessionId}`;
}
