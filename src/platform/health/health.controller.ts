import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../http/allow.js';
import { EngineHealth } from './engine-health.js';

@Controller('health')
@Allow('anyone')
export class HealthController {
  constructor(private readonly engine: EngineHealth) {}

  /** The process runs. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** This process can answer people in distress, also when everything behind it is dead. */
  @Get('ready')
  ready() {
    return { status: 'ok' };
  }

  /** For alarms, not for load balancers. */
  @Get('engine')
  async engineHealth(@Res({ passthrough: true }) reply: FastifyReply) {
    const trouble = await this.engine.trouble();
    const isWell = trouble.reasons.length === 0;
    reply.status(isWell ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: isWell ? 'ok' : 'failing', ...trouble };
  }
}
