import { createHash } from 'node:crypto';
import { ROUTES, type Session } from '@postern/admin-contract';
import { recordSession, signInSucceeded } from '@postern/administration';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { sentCookies } from '../accounts/cookies.ts';
import { SECOND_STEP_COOKIE } from '../accounts/second-factors.ts';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { ProblemException } from '../gate/problem.exception.ts';
import { clientOf, type ApiRequest } from '../gate/request.ts';
import { admitted } from './admitted.ts';
import { parsed } from './parsed.ts';
import { showSession } from './session.controller.ts';
import { Serves } from './verb-controllers.ts';

/** The second step of a sign-in. */
@Controller()
export class SecondStepController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.secondStep)
  async answer(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Session> {
    const { secondFactors, sessions, store, log } = this.#parts;
    const { code } = parsed(ROUTES.secondStep, request).body;
    const client = clientOf(request);
    const admission = await admitted(this.#parts, {
      email: `second step ${digestOf(sentCookies(client, SECOND_STEP_COOKIE))}`,
      address: client.address,
    });
    const begun = await secondFactors.answer(client, code);
    const good = begun && (await store.useCode({ personId: begun.actor.id, digest: Buffer.from(code) }));
    if (!begun || !good) {
      // The code was right, and had signed somebody in before: what began by it ends.
      if (begun) await sessions.signOut({ ...client, cookie: cookieOf(begun.setCookies) });
      log.info({ address: client.address }, 'second step refused');
      throw new ProblemException(
        'sign-in-refused',
        'The code is wrong, was used before, or came too late: sign in anew, or show another one',
      );
    }
    await admission.succeeded();
    await signInSucceeded(store, { email: begun.email, address: client.address });
    await recordSession({ store, actor: begun.actor }, 'session.sign-in', {
      secondStep: /^\d{6}$/.test(code) ? 'authenticator' : 'recovery-code',
    });
    void reply.header('set-cookie', [...begun.setCookies]);
    return showSession(begun);
  }
}

function digestOf(cookie: string | undefined): string {
  return createHash('sha256')
    .update(cookie ?? '')
    .digest('hex')
    .slice(0, 16);
}

function cookieOf(setCookies: readonly string[]): string {
  return setCookies.map((each) => each.split(';')[0]).join('; ');
}
