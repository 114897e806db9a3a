import { createHash } from 'node:crypto';
import { ROUTES, type ResponseOf } from '@postern/admin-contract';
import { acceptInvitation, showInvitation } from '@postern/administration';
import { Controller, Inject, Req } from '@nestjs/common';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { answerOf } from '../gate/problem.exception.ts';
import type { ApiRequest } from '../gate/request.ts';
import { admitted } from './admitted.ts';
import { parsed } from './parsed.ts';
import { Serves } from './verb-controllers.ts';

/** Invitations, as seen by who holds the link of one. Tries with links that are none are slowed like guesses at passwords. */
@Controller()
export class InvitationController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.showInvitation)
  async show(@Req() request: ApiRequest): Promise<ResponseOf<typeof ROUTES.showInvitation>> {
    const { body } = parsed(ROUTES.showInvitation, request);
    const admission = await admitted(this.#parts, { email: linkOf(body), address: request.ip });
    const shown = answerOf(await showInvitation(this.#guest(request), { body }));
    await admission.succeeded();
    return shown;
  }

  @Serves(ROUTES.acceptInvitation)
  async accept(@Req() request: ApiRequest): Promise<void> {
    const { body } = parsed(ROUTES.acceptInvitation, request);
    const admission = await admitted(this.#parts, { email: linkOf(body), address: request.ip });
    answerOf(await acceptInvitation(this.#guest(request), { body }));
    await admission.succeeded();
  }

  #guest(request: ApiRequest) {
    const { context, store } = this.#parts;
    return { store, keys: context.keys, address: request.ip };
  }
}

/** Tries with one link are counted together: guesses at others keep nobody from theirs. */
function linkOf({ token }: { readonly token: string }): string {
  return `invitation ${createHash('sha256').update(token).digest('hex').slice(0, 16)}`;
}
