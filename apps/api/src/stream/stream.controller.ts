import { ROUTES, type Permission, type StreamEvent, type StreamEventName } from '@postern/admin-contract';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { Serves } from '../contract/verb-controllers.ts';
import { ProblemException } from '../gate/problem.exception.ts';
import { clientOf, signedInOf, type ApiRequest } from '../gate/request.ts';

/** What one must be allowed to read to be told of an event; undefined: anyone who is signed in. */
const NEEDS: Readonly<Record<StreamEventName, Permission | undefined>> = {
  ledger: 'ledger:read',
  queues: 'queues:read',
  messages: 'messages:read',
  changes: undefined,
  heartbeat: undefined,
};

/** A reader that takes in so little that this waits for it is let go; it opens the stream again. */
const MAX_WAITING_OCTETS = 1024 * 1024;
const SESSION_CHECK_MS = 30_000;
const MAX_STREAMS = 200;
/** A page has one; who opens more than this keeps them from others. */
const MAX_STREAMS_OF_ONE = 40;

/** Live changes as server-sent events. */
@Controller()
export class StreamController {
  readonly #parts: ApiParts;
  readonly #streams = new Map<string, number>();

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.stream)
  stream(@Req() request: ApiRequest, @Res() reply: FastifyReply): void {
    let { actor } = signedInOf(request);
    const ofAll = [...this.#streams.values()].reduce((sum, each) => sum + each, 0);
    const own = this.#streams.get(actor.id) ?? 0;
    if (ofAll >= MAX_STREAMS || own >= MAX_STREAMS_OF_ONE)
      throw new ProblemException('too-many-requests', 'Too many streams are open');
    const { changes, sessions } = this.#parts;
    reply.hijack();
    const { raw } = reply;
    const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
    raw.writeHead(200, withoutUndefined(headers));
    this.#count(actor.id, 1);

    const tell = (event: StreamEvent): void => {
      const needs = NEEDS[event.name];
      if (needs && !actor.permissions.has(needs)) return;
      raw.write(`event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`);
      if (raw.writableLength > MAX_WAITING_OCTETS) raw.destroy();
    };
    const stop = changes.listen({ tell, end: () => raw.end() });
    // A session that ended (signed out elsewhere, revoked) must not go on seeing, nor one with another role what it saw.
    const check = setInterval(() => {
      sessions.whoIs(clientOf(request)).then(
        (still) => (still ? ({ actor } = still) : raw.end()),
        () => undefined,
      );
    }, SESSION_CHECK_MS);
    raw.once('close', () => {
      this.#count(actor.id, -1);
      clearInterval(check);
      stop();
    });
  }

  #count(person: string, more: 1 | -1): void {
    const now = (this.#streams.get(person) ?? 0) + more;
    if (now > 0) this.#streams.set(person, now);
    else this.#streams.delete(person);
  }
}

function withoutUndefined(headers: Readonly<Record<string, number | string | string[] | undefined>>) {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
