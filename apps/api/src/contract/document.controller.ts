import { openApiDocument, PROBLEMS, type ProblemCode } from '@postern/admin-contract';
import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { docsPage } from './docs/docs-page.ts';
import { ProblemException } from '../gate/problem.exception.ts';

/** What the API says about itself. */
@Controller('api')
export class DocumentController {
  readonly #document = openApiDocument();
  readonly #docs = docsPage(this.#document);

  @Get('openapi.json')
  openApi(): unknown {
    return this.#document;
  }

  /** The same for people. */
  @Get('docs')
  docs(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('content-security-policy', this.#docs.policy).type('text/html; charset=utf-8');
    return this.#docs.html;
  }

  /** What the `type` of a problem refers to. */
  @Get('problems/:code')
  @Header('content-type', 'text/plain; charset=utf-8')
  problem(@Param('code') code: string): string {
    if (!isProblemCode(code)) throw new ProblemException('not-found', 'There is no such kind of problem');
    const { status, title } = PROBLEMS[code];
    return `${code} (${status}): ${title}.\n`;
  }
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
