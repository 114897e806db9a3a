import { ROUTES, type NewAuthenticator, type OwnSecurity, type RecoveryCodes } from '@postern/admin-contract';
import { recordSession } from '@postern/administration';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { ProblemException } from '../gate/problem.exception.ts';
import { clientOf, signedInOf, type ApiRequest } from '../gate/request.ts';
import { admitted } from './admitted.ts';
import { parsed } from './parsed.ts';
import { Serves } from './verb-controllers.ts';

const NOT_YOURS = 'That is not your password';

/** How people keep their own accounts: the authenticator app, recovery codes, sessions. */
@Controller()
export class SecurityController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.showSecurity)
  async show(@Req() request: ApiRequest): Promise<OwnSecurity> {
    const { actor, sessionId } = signedInOf(request);
    const { sessions, ...security } = await this.#parts.store.accountSecurity(actor.id);
    return { ...security, sessions: sessions.map((each) => ({ ...each, current: each.id === sessionId })) };
  }

  @Serves(ROUTES.startAuthenticator)
  async start(@Req() request: ApiRequest): Promise<NewAuthenticator> {
    const { password } = parsed(ROUTES.startAuthenticator, request).body;
    if (await this.#hasApp(request))
      throw new ProblemException('conflict', 'There is an authenticator app; remove it first');
    const made = await this.#confirmed(request, () => this.#parts.secondFactors.start(clientOf(request), password));
    return { uri: made.uri, secret: secretOf(made.uri), recoveryCodes: [...made.recoveryCodes] };
  }

  @Serves(ROUTES.confirmAuthenticator)
  async confirm(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { store, secondFactors, sessions } = this.#parts;
    const { code } = parsed(ROUTES.confirmAuthenticator, request).body;
    const { actor } = signedInOf(request);
    if (await this.#hasApp(request)) throw new ProblemException('conflict', 'It is confirmed already');
    const client = clientOf(request);
    const confirm = async () => {
      const cookies = await secondFactors.confirm(client, code);
      if (!cookies) return undefined;
      await store.useCode({ personId: actor.id, digest: Buffer.from(code) });
      const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
      const now = await sessions.whoIs({ ...client, cookie });
      await store.change(async (changes) => {
        // Whoever signed in without the second step shows it now.
        const sessionsEnded = await changes.endSessions(actor.id, now && { session: now.sessionId });
        const subject = { subjectId: actor.id, subjectName: actor.name };
        const facts = { sessionsEnded };
        await changes.audit({ actor, action: 'account.add-authenticator', ...subject, reason: undefined, facts });
      });
      return cookies;
    };
    const cookies = await this.#confirmed(request, confirm, 'That is not its code of now');
    void reply.header('set-cookie', [...cookies]);
  }

  @Serves(ROUTES.removeAuthenticator)
  async remove(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { password } = parsed(ROUTES.removeAuthenticator, request).body;
    await this.#needsApp(request);
    const remove = () => this.#parts.secondFactors.remove(clientOf(request), password);
    const cookies = await this.#confirmed(request, this.#recorded(request, 'account.remove-authenticator', remove));
    void reply.header('set-cookie', [...cookies]);
  }

  @Serves(ROUTES.renewRecoveryCodes)
  async renew(@Req() request: ApiRequest): Promise<RecoveryCodes> {
    const { password } = parsed(ROUTES.renewRecoveryCodes, request).body;
    await this.#needsApp(request);
    const renew = () => this.#parts.secondFactors.renewCodes(clientOf(request), password);
    const codes = await this.#confirmed(request, this.#recorded(request, 'account.renew-recovery-codes', renew));
    return { recoveryCodes: [...codes] };
  }

  @Serves(ROUTES.endOwnSession)
  async end(@Req() request: ApiRequest): Promise<void> {
    const { id } = parsed(ROUTES.endOwnSession, request).params;
    const { actor } = signedInOf(request);
    const found = (await this.#parts.store.accountSecurity(actor.id)).sessions.some((each) => each.id === id);
    if (!found) throw new ProblemException('not-found', 'You have no such session');
    await this.#parts.store.change(async (changes) => {
      await changes.endSession(actor.id, id);
      const subject = { subjectId: actor.id, subjectName: actor.name };
      await changes.audit({ actor, action: 'session.end', ...subject, reason: undefined, facts: { session: id } });
    });
  }

  @Serves(ROUTES.endOtherSessions)
  endOthers(@Req() request: ApiRequest): Promise<{ readonly sessions: number }> {
    const { actor, sessionId } = signedInOf(request);
    return this.#parts.store.change(async (changes) => {
      const sessions = await changes.endSessions(actor.id, { session: sessionId });
      const subject = { subjectId: actor.id, subjectName: actor.name };
      await changes.audit({ actor, action: 'session.end', ...subject, reason: undefined, facts: { sessions } });
      return { sessions };
    });
  }

  async #hasApp(request: ApiRequest): Promise<boolean> {
    return (await this.#parts.store.accountSecurity(signedInOf(request).actor.id)).authenticatorApp;
  }

  async #needsApp(request: ApiRequest): Promise<void> {
    if (!(await this.#hasApp(request))) throw new ProblemException('conflict', 'There is no authenticator app');
  }

  /**
   * Who took over a session may not guess password or code through it. What the library counts of a refusal is kept; what
   * it changes is kept with all that `ask` does beside it, or not at all.
   */
  async #confirmed<T>(request: ApiRequest, ask: () => Promise<T | undefined>, otherwise = NOT_YOURS): Promise<T> {
    const { email } = signedInOf(request);
    const admission = await admitted(this.#parts, { email, address: clientOf(request).address });
    const answer = await this.#parts.together(ask);
    if (answer === undefined) throw new ProblemException('sign-in-refused', otherwise);
    await admission.succeeded();
    return answer;
  }

  /** The same, with an entry in the audit where it was not refused. */
  #recorded<T>(request: ApiRequest, action: Parameters<typeof recordSession>[1], ask: () => Promise<T | undefined>) {
    const { store } = this.#parts;
    return async (): Promise<T | undefined> => {
      const answer = await ask();
      if (answer !== undefined) await recordSession({ store, actor: signedInOf(request).actor }, action);
      return answer;
    };
  }
}

/** The secret of an otpauth URI, for who types it instead of taking a picture. */
function secretOf(uri: string): string {
  return new URL(uri).searchParams.get('secret') ?? '';
}
