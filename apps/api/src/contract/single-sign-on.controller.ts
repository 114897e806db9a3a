import { ROUTES, type ResponseOf } from '@postern/admin-contract';
import { clientNetwork, recordSession } from '@postern/administration';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Arrival } from '../accounts/single-sign-on.ts';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { ProblemException } from '../gate/problem.exception.ts';
import { clientOf, type ApiRequest } from '../gate/request.ts';
import { Serves } from './verb-controllers.ts';

/** Sign-in by the organisation's OpenID provider: two pages that a browser is sent through, and no JSON. */
@Controller()
export class SingleSignOnController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.waysToSignIn)
  ways(): ResponseOf<typeof ROUTES.waysToSignIn> {
    const { singleSignOn, relyingParty } = this.#parts;
    return { singleSignOn: singleSignOn?.name ?? null, passkeysAt: relyingParty?.origin ?? null };
  }

  @Get('api/v1/session/single-sign-on')
  async begin(@Req() request: ApiRequest, @Res() reply: FastifyReply): Promise<void> {
    const singleSignOn = await this.#counted(request);
    const { url, setCookies } = await singleSignOn.begin(clientOf(request));
    void reply.header('set-cookie', [...setCookies]).redirect(url, 302);
  }

  @Get('api/v1/session/single-sign-on/callback')
  async finish(@Req() request: ApiRequest, @Res() reply: FastifyReply): Promise<void> {
    const singleSignOn = await this.#counted(request);
    const arrival = await singleSignOn.finish(clientOf(request), textsOf(request.query));
    if (!arrival) {
      this.#parts.log.info({ address: request.ip }, 'single sign-on refused');
      return pageOnward(reply, '/sign-in?refused=single-sign-on');
    }
    await this.#record(arrival);
    void reply.header('set-cookie', [...arrival.signedIn.setCookies]);
    pageOnward(reply, '/');
  }

  /** A role that the provider gives counts from now on; an installation keeps its last owner. */
  async #record({ signedIn, role, isNew }: Arrival): Promise<void> {
    const { store } = this.#parts;
    const { actor } = signedIn;
    const subject = { subjectId: actor.id, subjectName: actor.name };
    await store.change(async (changes) => {
      const why = { actor, ...subject, reason: 'single sign-on' };
      if (isNew) await changes.audit({ ...why, action: 'account.create', facts: { role } });
      if (signedIn.role === role) return;
      const changed = await changes.setAccountRole(actor.id, role);
      if (changed === 'last-owner' || changed === undefined) return;
      await changes.audit({ ...why, action: 'account.set-role', facts: { from: signedIn.role, to: role } });
    });
    await recordSession({ store, actor }, 'session.sign-in', { by: 'single sign-on' });
  }

  /** What a stranger may ask for is counted by their address. */
  async #counted(request: ApiRequest) {
    const { singleSignOn, rateLimit } = this.#parts;
    if (!singleSignOn) throw new ProblemException('not-found', 'There is no single sign-on here');
    const { admitted, resetSeconds } = await rateLimit.take(`address:${clientNetwork(request.ip)}`);
    if (admitted) return singleSignOn;
    throw new ProblemException('too-many-requests', 'Try again in a moment', { retryAfterSeconds: resetSeconds });
  }
}

/**
 * A page that goes on to another by itself. A redirect would belong to the navigation that the provider began, and the browser
 * would leave out the session's cookie, which is for our own site's navigations alone (SameSite=Strict).
 */
function pageOnward(reply: FastifyReply, path: string): void {
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${path}"><title>Postern</title><a href="${path}">Go on</a>`;
  void reply.type('text/html; charset=utf-8').send(page);
}

function textsOf(query: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(Object(query)).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value).slice(0, 4096)]));
}
