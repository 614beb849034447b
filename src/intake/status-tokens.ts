import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../platform/crypto/blind-index.js';

const tokenBytes = 16;

/** The token by which somebody without an account sees what became of their flag. */
@Injectable()
export class StatusTokens {
  constructor(private readonly index: BlindIndex) {}

  /** 128 bits that only we can compute, so that a repeated request is given the same link. */
  of(flagId: string): string {
    return this.index.of('flag.status_token', flagId).subarray(0, tokenBytes).toString('base64url');
  }
}
