import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';

const waitMaxMs = 2_000;

/**
 * Flags of one sender are taken one after the other. They wait here and not in the database, whose
 * few connections belong to everybody.
 */
@Injectable()
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Begins when all earlier work of this sender is done, and after two seconds in any case. */
  take<T>(sender: string | null, work: () => Promise<T>): Promise<T> {
    if (sender === null) return work();
    const earlier = this.last.get(sender);
    const result = earlier === undefined ? work() : upTo(earlier).then(work);
    this.last.set(sender, result);
    // Whether it went well is for whoever asked for it: here it is only over.
    const over = (): void => this.forget(sender, result);
    void result.then(over, over);
    return result;
  }

  private forget(sender: string, done: Promise<unknown>): void {
    if (this.last.get(sender) === done) this.last.delete(sender);
  }
}

async function upTo(earlier: Promise<unknown>): Promise<void> {
  const given = new AbortController();
  const late = wait(waitMaxMs, undefined, { signal: given.signal }).catch(() => undefined);
  await Promise.race([earlier.catch(() => undefined), late]);
  given.abort();
}
