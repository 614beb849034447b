import { Injectable } from '@nestjs/common';
import { newId } from '../platform/ids.js';

const windowMs = 10_000;
const flagsPerWindowMax = 10;
const unverifiedPerWindowMax = 20;
const sendersMax = 50_000;

/**
 * Counts per sender in this process; what is over the limit is merged or left out, never refused.
 */
@Injectable()
export class SenderLimits {
  private windowStart = Number.NEGATIVE_INFINITY;
  private windowId = newId();
  private readonly counts = new Map<string, number>();

  /** False: this sender has raised so many flags just now that the next one is merged. */
  takesFlagOf(sender: string): boolean {
    return this.count(`flag:${sender}`) <= flagsPerWindowMax;
  }

  /** False: so many unverified flags came from there that the next one is not kept. */
  takesUnverifiedFrom(address: string): boolean {
    return this.count(`unverified:${address}`) <= unverifiedPerWindowMax;
  }

  /** Names the present ten seconds: what is merged now is merged into one. */
  window(): string {
    return this.windowId;
  }

  private count(sender: string): number {
    const now = performance.now();
    if (now - this.windowStart > windowMs || this.counts.size > sendersMax) {
      this.windowStart = now;
      this.windowId = newId();
      this.counts.clear();
    }
    const count = (this.counts.get(sender) ?? 0) + 1;
    this.counts.set(sender, count);
    return count;
  }
}
