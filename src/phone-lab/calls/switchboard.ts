import { Injectable } from '@nestjs/common';
import { Timers } from '../network/timers.js';
import type { Call, EndState } from './call.js';
import { CallBook } from './call-book.js';
import { CallReports } from './call-reports.js';

/** Between a call's acceptance and its ringing, and before a machine picks up. */
const stepMs = 15;
const machinePicksUpMs = 50;

/** Rings phones, connects them and ends calls; each step is reported. */
@Injectable()
export class Switchboard {
  constructor(
    private readonly book: CallBook,
    private readonly reports: CallReports,
    private readonly timers: Timers,
  ) {}

  /** Rings until somebody answers or the time is over; resolves when the ringing was reported. */
  async ring(call: Call, ringSeconds: number): Promise<void> {
    this.book.add(call);
    this.reports.report(call, 'initiated');
    await this.timers.wait(stepMs);
    if (call.ended) return;
    call.state = 'ringing';
    this.reports.report(call, 'ringing');
    this.awaitAnswer(call, ringSeconds);
    await call.reported;
  }

  connect(call: Call): void {
    call.stir();
    call.state = 'in-progress';
    call.answeredAt = new Date();
    this.reports.report(call, 'answered');
    call.onAnswered();
  }

  end(call: Call, state: EndState): void {
    if (call.ended) return;
    call.end(state);
    this.reports.report(call, 'completed');
  }

  private awaitAnswer(call: Call, ringSeconds: number): void {
    const { fault } = call;
    if (fault.busy === true) return this.end(call, 'busy');
    if (fault.callFails === true) return this.end(call, 'failed');
    const machine = fault.voicemail !== undefined;
    const quick = machine || fault.noAnswer === true ? machinePicksUpMs / 1000 : ringSeconds;
    const callOff = this.timers.after((fault.ringSeconds ?? quick) * 1000, () => {
      if (call.state !== 'ringing') return;
      if (machine) this.connect(call);
      else this.end(call, 'no-answer');
    });
    call.whenEnded(callOff);
  }
}
