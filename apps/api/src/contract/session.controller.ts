import { ROUTES, type Session } from '@postern/admin-contract';
import { parseRequest, recordSession } from '@postern/administration';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { SignedIn } from '../accounts/sessions.ts';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { ProblemException } from '../gate/problem.exception.ts';
import { admitted } from './admitted.ts';
import { clientOf, signedInOf, type ApiRequest } from '../gate/request.ts';
import { Serves } from './verb-controllers.ts';

/** Sessions: sign in, who is signed in, sign out. */
@Controller()
export class SessionController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.signIn)
  async signIn(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Session> {
    const { sessions, store, log } = this.#parts;
    const given = parseSignIn(request.body);
    const client = clientOf(request);
    const admission = await admitted(this.#parts, { email: given.email, address: client.address });
    const signedIn = await sessions.signIn(client, given);
    if (!signedIn) {
      log.info({ address: client.address }, 'sign-in refused');
      throw new ProblemException('sign-in-refused', 'Check both and try again');
    }
    if ('secondStep' in signedIn) {
      // The try counts as failed until the second step was taken too.
      void reply.header('set-cookie', [...signedIn.secondStep]);
      throw new ProblemException('second-step-needed', 'Show a code of your authenticator app, or a recovery code');
    }
    await admission.succeeded();
    await recordSession({ store, actor: signedIn.actor }, 'session.sign-in');
    void reply.header('set-cookie', [...signedIn.setCookies]);
    return showSession(signedIn);
  }

  @Serves(ROUTES.whoAmI)
  whoAmI(@Req() request: ApiRequest): Session {
    return showSession(signedInOf(request));
  }

  @Serves(ROUTES.changePassword)
  async changePassword(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { sessions, store, together } = this.#parts;
    const { actor, email } = signedInOf(request);
    const parsed = parseRequest(ROUTES.changePassword, { body: request.body });
    if ('errors' in parsed) {
      const { errors } = parsed;
      throw new ProblemException('invalid-request', 'Both passwords are needed, the new one of 8 characters or more', {
        errors,
      });
    }
    const client = clientOf(request);
    // Who took over a session may not guess the password through it.
    const admission = await admitted(this.#parts, { email, address: client.address });
    const changed = await together(async () => {
      const now = await sessions.changePassword(client, parsed.request.body);
      if (!now) return undefined;
      await store.change((changes) => changes.endSessions(actor.id, { session: now.sessionId }));
      await recordSession({ store, actor }, 'account.change-password');
      return now;
    });
    if (!changed) throw new ProblemException('sign-in-refused', 'The password of now is another one');
    await admission.succeeded();
    void reply.header('set-cookie', [...changed.setCookies]);
  }

  @Serves(ROUTES.signOut)
  async signOut(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { sessions, store, together } = this.#parts;
    const { actor } = signedInOf(request);
    const cookies = await together(async () => {
      await recordSession({ store, actor }, 'session.sign-out');
      return sessions.signOut(clientOf(request));
    });
    void reply.header('set-cookie', [...cookies]);
  }
}

function parseSignIn(body: unknown): { readonly email: string; readonly password: string } {
  const parsed = parseRequest(ROUTES.signIn, { body });
  if ('request' in parsed) return parsed.request.body;
  throw new ProblemException('invalid-request', 'An e-mail address and a password are needed', {
    errors: parsed.errors,
  });
}

/** A session as the contract shows it. */
export function showSession({ actor, email, name, role, expiresAt }: SignedIn): Session {
  return {
    person: { id: actor.id, email, name },
    role,
    permissions: [...actor.permissions],
    expiresAt: expiresAt.toISOString(),
  };
}
