import { Injectable } from '@nestjs/common';

const windowMs = 60_000;
/** Calendar programs come a few times an hour; somebody's own devices may come at once. */
const readsMax = 30;
const addressesMax = 10_000;

/** Counts reads of each address in this process, whether there is such a feed or not. */
@Injectable()
export class FeedLimits {
  private windowStart = Number.NEGATIVE_INFINITY;
  private readonly reads = new Map<string, number>();

  /** `address` is a hash: what is secret is not kept. */
  mayRead(address: string): boolean {
    const now = performance.now();
    if (now - this.windowStart > windowMs || this.reads.size > addressesMax) {
      this.windowStart = now;
      this.reads.clear();
    }
    const count = (this.reads.get(address) ?? 0) + 1;
    this.reads.set(address, count);
    return count <= readsMax;
  }
}
