import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { Callbacks } from './callbacks.service.js';
import type { CallbackForm } from './rules/status-report.js';
import { SpokenResources } from './spoken-resources.service.js';

/** Calls to our numbers: whoever calls hears where help is, twice, before anything else. */
@Injectable()
export class Callers {
  private readonly log = new Logger('callers');

  constructor(
    private readonly callbacks: Callbacks,
    private readonly spoken: SpokenResources,
    private readonly audit: Audit,
  ) {}

  async answer(form: CallbackForm): Promise<string> {
    await this.note(form);
    const { To: line = '', From: from = '' } = form;
    return this.spoken.twiml({ line, from });
  }

  private async note(form: CallbackForm): Promise<void> {
    const { CallSid: sid = '' } = form;
    try {
      const callback = { kind: 'call', nonce: null, identity: [sid], form } as const;
      await this.callbacks.onceInBackground(callback, (tx) => {
        this.audit.record(tx, {
          stream: 'system',
          action: 'message.received',
          actor: { type: 'provider' },
          body: { kind: 'call', outcome: 'resources', sid },
        });
        return Promise.resolve('resources');
      });
    } catch (error) {
      // Safe: the caller hears the numbers whatever became of the record.
      this.log.error('call.not_recorded', { sid, error: String(error) });
    }
  }
}
