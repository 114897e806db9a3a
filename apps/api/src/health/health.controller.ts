import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { API_PARTS, type ApiParts } from '../api-parts.ts';
import { readiness } from './readiness.ts';

/** For whoever watches over this process: does it live, and can it work? */
@Controller()
export class HealthController {
  readonly #parts: ApiParts;

  constructor(@Inject(API_PARTS) parts: ApiParts) {
    this.#parts = parts;
  }

  @Get('health/live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const report = await readiness(this.#parts);
    void reply.status(report.status === 'ok' ? 200 : 503);
    return report;
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { contentType, text } = await this.#parts.metrics.read();
    void reply.header('content-type', contentType);
    return text;
  }
}
