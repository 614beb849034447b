import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { LenientBody } from '../platform/http/lenient-body.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { readForm } from '../platform/http/server/forms.js';
import { httpLimits } from '../platform/http/server/limits.js';
import { verifySignature } from '../platform/telephony/signature.js';
import { TelephonyConfig } from '../platform/telephony/telephony.config.js';
import { NotSigned } from './not-signed.filter.js';
import { RefusedCallbacks } from './refused-callbacks.service.js';

/**
 * Lets only the provider's own callbacks in, checked against the address it knows us by, and hands
 * their form on. The routes read leniently, so that nobody else learns what a body should be.
 */
@Injectable()
export class SignedByProvider implements CanActivate {
  constructor(
    private readonly config: TelephonyConfig,
    private readonly address: PublicAddress,
    private readonly refused: RefusedCallbacks,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const params = formIn(request.body as LenientBody);
    const signed = verifySignature({
      signature: request.headers['x-twilio-signature'],
      publicUrl: this.address.of(request.originalUrl),
      params,
      authTokens: this.config.authTokens,
    });
    if (signed) {
      request.body = params;
      return true;
    }
    this.refused.note(request.routeOptions.url ?? '');
    throw new NotSigned('The signature is missing or wrong.');
  }
}

function formIn({ raw, truncated, contentType }: LenientBody): Record<string, string> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(contentType ?? '');
  return isForm && !truncated ? readForm(raw.toString(), httpLimits.formFieldsMax) : {};
}
