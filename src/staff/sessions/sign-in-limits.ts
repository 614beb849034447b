import { Injectable } from '@nestjs/common';

const windowMs = 15 * 60_000;
const triesPerAccountMax = 5;
const triesPerAddressMax = 50;
const keysMax = 50_000;

/** Counts tries to sign in, in this process: per account and address, and per address. */
@Injectable()
export class SignInLimits {
  private windowStart = 0;
  private readonly tries = new Map<string, number>();

  /** Counted before the password is looked at, so that many at once gain nothing. */
  mayTry(account: string, address: string): boolean {
    const now = performance.now();
    if (now - this.windowStart > windowMs || this.tries.size > keysMax) {
      this.windowStart = now;
      this.tries.clear();
    }
    const byAddress = this.count(`address:${address}`);
    const byAccount = this.count(accountKey(account, address));
    return byAddress <= triesPerAddressMax && byAccount <= triesPerAccountMax;
  }

  /** Whoever got in starts anew. */
  forget(account: string, address: string): void {
    this.tries.delete(accountKey(account, address));
  }

  private count(key: string): number {
    const count = (this.tries.get(key) ?? 0) + 1;
    this.tries.set(key, count);
    return count;
  }
}

const accountKey = (account: string, address: string): string => `account:${account}:${address}`;
