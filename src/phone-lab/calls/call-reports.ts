import { Injectable } from '@nestjs/common';
import { Timers } from '../network/timers.js';
import { Webhooks } from '../network/webhooks.js';
import { LabConfig } from '../phone-lab.config.js';
import type { Call } from './call.js';

type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

/** Tells the service how a call goes on, one report after the other. */
@Injectable()
export class CallReports {
  private readonly held = new WeakMap<Call, Record<string, string>[]>();

  constructor(
    private readonly config: LabConfig,
    private readonly webhooks: Webhooks,
    private readonly timers: Timers,
  ) {}

  /** What every request about a call says of it. */
  params(call: Call): Record<string, string> {
    return {
      CallSid: call.sid,
      AccountSid: this.config.accountSid,
      From: call.from,
      To: call.to,
      Caller: call.from,
      Called: call.to,
      CallStatus: call.state,
      Direction: call.direction,
      ApiVersion: '2010-04-01',
      ...(call.answeredBy !== null && { AnsweredBy: call.answeredBy }),
    };
  }

  /** Queues the report of an event that was asked for; the fault of the call decides the rest. */
  report(call: Call, event: CallEvent): void {
    const { statusCallback, statusEvents, fault } = call;
    if (statusCallback === null || fault.noReceipt === true) return;
    if (!statusEvents.includes(event)) return;
    for (const params of this.due(call, this.receipt(call, event), event)) {
      call.reported = call.reported.then(async () => {
        if (fault.receiptsLateMs !== undefined) await this.timers.wait(fault.receiptsLateMs);
        await this.webhooks.post(statusCallback, params);
      });
    }
  }

  /** Out of order means: the end first, then the rest backwards. */
  private due(
    call: Call,
    params: Record<string, string>,
    event: CallEvent,
  ): Record<string, string>[] {
    const { fault } = call;
    const now = fault.receiptsTwice === true ? [params, params] : [params];
    if (fault.receiptsOutOfOrder !== true) return now;
    const held = [...now, ...(this.held.get(call) ?? [])];
    this.held.set(call, held);
    return event === 'completed' ? held : [];
  }

  private receipt(call: Call, event: CallEvent): Record<string, string> {
    const seconds = Math.round(
      ((call.endedAt?.getTime() ?? 0) - (call.answeredAt?.getTime() ?? 0)) / 1000,
    );
    return {
      ...this.params(call),
      CallbackSource: 'call-progress-events',
      Timestamp: new Date().toUTCString(),
      ...(event === 'initiated' && { CallStatus: 'initiated' }),
      ...(event === 'completed' && { CallDuration: String(call.answeredAt ? seconds : 0) }),
    };
  }
}
