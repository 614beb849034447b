import type { Duplex } from 'node:stream';
import pg from 'pg';

const readTimeout = 'Query read timeout';

/**
 * Questions that are asked without waiting in between go out together. A connection that did not
 * answer in time is cut at once: it may be half-open, and whatever is asked on it next, a rollback
 * included, would only wait as long again.
 */
export class ImpatientClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // A connection that dies between two owners has nobody else to tell, and would end the process.
    this.on('error', () => undefined);
  }

  // The library has a dozen signatures for this; all but the promise are passed through.
  override query(...question: unknown[]): never {
    const { stream } = this;
    stream.cork();
    process.nextTick(() => stream.uncork());
    const ask = super.query.bind(this) as (...asked: unknown[]) => unknown;
    const answer = ask(...question);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.cutAfter(error));
    return answer as never;
  }

  private cutAfter(error: unknown): void {
    if (!(error instanceof Error) || error.message !== readTimeout) return;
    this.stream.destroy(error);
  }

  private get stream(): Duplex {
    return (this as unknown as { connection: { stream: Duplex } }).connection.stream;
  }
}
