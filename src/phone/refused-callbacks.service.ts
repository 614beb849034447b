import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { UnitOfWork } from '../platform/db/unit-of-work.js';

const sampleEveryMs = 60_000;
/** More than that in a minute is an attack, or we are known by another address than we think. */
const usualMax = 5;

/** Callbacks that the provider did not sign: counted, and one a minute recorded. */
@Injectable()
export class RefusedCallbacks {
  private readonly log = new Logger('callbacks');
  private total = 0;
  private recorded = 0;
  private recordedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: Audit,
  ) {}

  /** Never throws and is not waited for: whoever sent it must not be able to slow us down. */
  note(route: string): void {
    this.total += 1;
    if (performance.now() - this.recordedAt < sampleEveryMs) return;
    const since = this.total - this.recorded;
    this.recorded = this.total;
    this.recordedAt = performance.now();
    const sample = { route, since };
    if (since > usualMax) this.log.error('webhook.refused_often', sample);
    else this.log.warn('webhook.refused', sample);
    this.record(sample).catch((error: unknown) => {
      // Safe: it stands in the log, and the next minute brings the next sample.
      this.log.warn('webhook.sample_lost', { error: String(error) });
    });
  }

  private async record(sample: { route: string; since: number }): Promise<void> {
    await this.unitOfWork.runInBackground((tx) => {
      this.audit.record(tx, {
        stream: 'system',
        action: 'webhook.refused',
        actor: { type: 'system' },
        outcome: 'denied',
        body: sample,
      });
      return Promise.resolve();
    });
  }
}
