import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { answerFor, ProblemExtras, type ProblemAnswer } from '../platform/http/problem.js';
import { sendProblem } from '../platform/http/send-problem.js';

/** Turns whatever was thrown into a problem with emergency resources. */
@Catch()
export class ResourcesFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(private readonly extras: ProblemExtras) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const answer = answerFor(error);
    this.log(error, answer);
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), answer, this.extras);
  }

  /** Names and places only: messages of errors can quote what a person wrote. */
  private log(error: unknown, { fault }: ProblemAnswer): void {
    if (fault === 'caller') return;
    const { name, code, stack } = (error ?? {}) as Partial<Error & { code: unknown }>;
    const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
    if (fault === 'bug') this.logger.error('request.failed', { name, code, frames });
    else this.logger.warn('request.outage', { name, code });
  }
}
