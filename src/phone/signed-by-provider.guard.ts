import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PublicAddress } from '../platform/http/public-address.js';
import { verifySignature } from '../platform/telephony/signature.js';
import { TelephonyConfig } from '../platform/telephony/telephony.config.js';
import { NotSigned } from './not-signed.filter.js';
import { RefusedCallbacks } from './refused-callbacks.service.js';

/** Lets only the provider's own callbacks in, checked against the address it knows us by. */
@Injectable()
export class SignedByProvider implements CanActivate {
  constructor(
    private readonly config: TelephonyConfig,
    private readonly address: PublicAddress,
    private readonly refused: RefusedCallbacks,
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
    this.refused.note(request.routeOptions.url ?? '');
    throw new NotSigned('The signature is missing or wrong.');
  }
}
