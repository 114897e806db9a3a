import { Readable } from 'node:stream';
import { EXPORT_ROUTES, type ExportName } from '@postern/admin-contract';
import { exports as csvExports, type CsvExport } from '@postern/administration';
import { Controller, Inject, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { decorateHandler } from '../contract/verb-controllers.ts';
import { answerOf, ProblemException } from '../gate/problem.exception.ts';
import { actorOf, type ApiRequest } from '../gate/request.ts';

/** Each asks the store a quarter of the time. Who comes when there are so many comes again. */
const MOST_AT_ONCE = 4;
const AGAIN = { retryAfterSeconds: 10 };

/** Every export has its route; one that is missing does not compile. */
const EXPORTS: Readonly<Record<ExportName, CsvExport>> = csvExports;

/**
 * Answers lists as CSV. The store is read as fast as the client takes, so an export of any length costs the memory of one
 * page; a fault on the way breaks the connection off, so that nobody takes a part for the whole.
 */
export function exportController(): Type {
  class ExportController {
    readonly parts: ApiParts;
    open = 0;

    constructor(parts: ApiParts) {
      this.parts = parts;
    }
  }
  Inject(API_PARTS)(ExportController, undefined, 0);
  for (const [name, route] of Object.entries(EXPORT_ROUTES)) {
    const run = exportNamed(name);
    async function handle(this: ExportController, request: ApiRequest, reply: FastifyReply): Promise<void> {
      if (this.open >= MOST_AT_ONCE)
        throw new ProblemException('too-many-requests', 'Too many exports are under way', AGAIN);
      const context = { ...this.parts.context, actor: actorOf(request) };
      const pieces = answerOf(await run(context, { query: request.query }));
      this.open += 1;
      // Also when the client leaves: the stream is destroyed then, and nothing more is read.
      reply.raw.once('close', () => (this.open -= 1));
      // Who takes nothing for so long leaves the place to another.
      reply.raw.setTimeout(this.parts.mostIdleMs, () => reply.raw.destroy());
      const file = route.path.slice(route.path.lastIndexOf('/') + 1);
      void reply
        .header('content-type', 'text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${file}"`)
        .send(Readable.from(pieces, { objectMode: false }));
    }
    const descriptor = { value: handle, writable: true, configurable: true, enumerable: false };
    Object.defineProperty(ExportController.prototype, name, descriptor);
    Req()(ExportController.prototype, name, 0);
    Res()(ExportController.prototype, name, 1);
    decorateHandler(route, ExportController.prototype, name, descriptor);
  }
  Controller()(ExportController);
  return ExportController;
}

function exportNamed(name: string): CsvExport {
  const found = Object.entries(EXPORTS).find(([each]) => each === name)?.[1];
  if (!found) throw new Error(`there is no export ${name}`);
  return found;
}
