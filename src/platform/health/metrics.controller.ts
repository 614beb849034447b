import { Controller, Get, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { hashToken, sameBytes } from '../crypto/tokens.js';
import { Allow } from '../http/allow.js';
import { bearerToken } from '../http/bearer-token.js';
import { Rejection } from '../http/rejection.js';
import { Metrics } from './metrics.js';
import { MetricsConfig } from './metrics.config.js';

/** For Prometheus, with the bearer token of the configuration; without one nobody may read. */
@Controller('metrics')
@Allow('anyone')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly config: MetricsConfig,
  ) {}

  @Get()
  async show(
    @Headers('authorization') header: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const token = bearerToken(header);
    const { token: wanted } = this.config;
    if (token === null || wanted === null || !sameBytes(hashToken(token), hashToken(wanted))) {
      throw new Rejection('unauthenticated', 'The metrics need their own token.');
    }
    reply.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
