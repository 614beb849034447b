import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CryptoConfig } from './crypto.config.js';

/** Finds sealed values by equality without storing them. */
@Injectable()
export class BlindIndex {
  constructor(private readonly config: CryptoConfig) {}

  /**
   * 32 bytes, equal for equal kind and value. Kinds do not mix: the same number as a `phone` and
   * as a `caller` gives unrelated bytes. The caller normalizes the value first.
   */
  of(kind: string, value: string): Buffer {
    const input = JSON.stringify([kind, value]);
    return createHmac('sha256', this.config.indexKey).update(input, 'utf8').digest();
  }
}
