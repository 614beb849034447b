import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PublicAddress } from '../platform/http/public-address.js';
import { Rejection } from '../platform/http/rejection.js';
import { verifySignature } from '../platform/telephony/signature.js';
import { TelephonyConfig } from '../platform/telephony/telephony.config.js';

/** Lets only the provider's own callbacks in, checked against the address it knows us by. */
@Injectable()
export class SignedByProvider implements CanActivate {
  private readonly log = new Logger('callbacks');

  constructor(
    private readonly config: TelephonyConfig,
    private readonly address: PublicAddress,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const signed = verifySignature({
      signature: request.headers['x-twilio-signature'],
      publicUrl: this.address.of(request.originalUrl),
      params: request.body ?? {},
      authTokens: this.config.authTokens,
    });
    if (signed) return true;
    this.log.warn('webhook.refused', { route: request.routeOptions.url });
    throw new Rejection('forbidden', 'The signature is missing or wrong.', 'bad_signature');
  }
}
