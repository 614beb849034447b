import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** Every wait of the lab, so that a reset leaves nothing behind that fires into the next test. */
@Injectable()
export class Timers implements OnApplicationShutdown {
  private readonly pending = new Set<NodeJS.Timeout>();

  /** Resolves after the time; never resolves when the lab is reset before. */
  async wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Returns a function that calls it off. */
  after(ms: number, work: () => void): () => void {
    const timer = setTimeout(() => {
      this.pending.delete(timer);
      work();
    }, ms);
    this.pending.add(timer);
    return () => {
      clearTimeout(timer);
      this.pending.delete(timer);
    };
  }

  /** Rejects when `signal` is aborted; `onWake` is handed a way to end the wait early. */
  async sleep(
    ms: number,
    signal: AbortSignal,
    onWake: (wake: () => void) => void = () => undefined,
  ): Promise<void> {
    await new Promise<void>((resolve) => {
      const callOff = this.after(ms, finish);
      signal.addEventListener('abort', finish, { once: true });
      onWake(finish);
      function finish(): void {
        callOff();
        signal.removeEventListener('abort', finish);
        resolve();
      }
    });
    signal.throwIfAborted();
  }

  clear(): void {
    for (const timer of this.pending) clearTimeout(timer);
    this.pending.clear();
  }

  onApplicationShutdown(): void {
    this.clear();
  }
}
