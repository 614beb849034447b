import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** The provider did not send this. */
export class NotSigned extends Error {}

/** Whoever pretends to be the provider learns nothing, not even what was wrong. */
@Catch(NotSigned)
export class NotSignedFilter implements ExceptionFilter<NotSigned> {
  catch(_error: NotSigned, host: ArgumentsHost): void {
    void host.switchToHttp().getResponse<FastifyReply>().status(403).send();
  }
}
