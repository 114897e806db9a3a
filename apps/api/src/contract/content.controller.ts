import { Readable } from 'node:stream';
import { ROUTES } from '@postern/admin-contract';
import { downloadMessage, showContentHtml, type Context } from '@postern/administration';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { answerOf } from '../gate/problem.exception.ts';
import { actorOf, type ApiRequest } from '../gate/request.ts';
import { Serves } from './verb-controllers.ts';

/** Nothing runs, nothing is loaded, nothing is sent, and no page but ours may frame it. Its own styles are its own look. */
const HTML_POLICY = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** What messages say, as it is: a page that can do nothing, and a file that no browser opens. */
@Controller()
export class ContentController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Serves(ROUTES.showContentHtml)
  async html(@Req() request: ApiRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const html = answerOf(await showContentHtml(this.#context(request), { params: request.params }));
    void reply
      .header('content-security-policy', HTML_POLICY)
      .header('x-frame-options', 'SAMEORIGIN')
      .header('x-dns-prefetch-control', 'off')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8');
    return html;
  }

  @Serves(ROUTES.downloadMessage)
  async download(@Req() request: ApiRequest, @Res() reply: FastifyReply): Promise<void> {
    const octets = answerOf(await downloadMessage(this.#context(request), { params: request.params }));
    const { id } = request.params as { readonly id: string };
    await reply
      .header('content-disposition', `attachment; filename="${id}.eml"`)
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('cache-control', 'no-store')
      .type('message/rfc822')
      .send(Readable.from(octets));
  }

  #context(request: ApiRequest): Context {
    return { ...this.#parts.context, actor: actorOf(request) };
  }
}
