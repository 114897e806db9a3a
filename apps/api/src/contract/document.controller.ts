import { openApiDocument, PROBLEMS, type ProblemCode } from '@postern/admin-contract';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { ProblemException } from '../gate/problem.exception.ts';

/** What the API says about itself. */
@Controller('api')
export class DocumentController {
  readonly #document = openApiDocument();

  @Get('openapi.json')
  openApi(): unknown {
    return this.#document;
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
