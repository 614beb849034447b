import { Injectable } from '@nestjs/common';
import type { Fault } from '../faults/fault.js';
import { LabLog } from '../network/lab-log.js';
import { Lines } from '../network/lines.js';
import { Call } from './call.js';
import { CallBook } from './call-book.js';
import { Script, type Source } from './script.js';
import { Switchboard } from './switchboard.js';

export interface OutgoingCall {
  from: string;
  to: string;
  instructions: Source;
  ringSeconds: number;
  statusCallback: string | null;
  statusEvents: readonly string[];
  fallbackUrl: string | null;
}

/** Calls between the service and the phones. */
@Injectable()
export class Calls {
  constructor(
    private readonly book: CallBook,
    private readonly lines: Lines,
    private readonly script: Script,
    private readonly switchboard: Switchboard,
    private readonly log: LabLog,
  ) {}

  /** The service calls a phone; `reported` settles when the ringing was reported. */
  place(wanted: OutgoingCall, fault: Fault): { call: Call; reported: Promise<void> } {
    const call = new Call({
      ...wanted,
      direction: 'outbound-api',
      answeredBy: fault.voicemail?.answeredBy ?? null,
      fault,
    });
    call.onAnswered = () => this.instruct(call, wanted.instructions);
    return { call, reported: this.switchboard.ring(call, wanted.ringSeconds) };
  }

  /** A phone calls a line of the service; null when nobody has said where such calls go. */
  dialIn(from: string, to: string): Call | null {
    const url = this.lines.voiceUrl(to);
    if (url === null) return null;
    const call = new Call({
      direction: 'inbound',
      from,
      to,
      statusCallback: null,
      statusEvents: [],
      fallbackUrl: null,
      answeredBy: null,
      fault: {},
    });
    this.book.add(call);
    call.state = 'ringing';
    call.onAnswered = () => this.instruct(call, { type: 'fetch', url, params: {} });
    this.switchboard.connect(call);
    return call;
  }

  /** Gives a call in progress other instructions in place of those it follows. */
  instruct(call: Call, source: Source): void {
    call.script.abort();
    call.script = new AbortController();
    call.onKey = null;
    call.stir();
    void this.script
      .run(call, source, call.script.signal)
      .then((ranOut) => {
        if (ranOut) this.switchboard.end(call, 'completed');
      })
      .catch((error: unknown) => {
        // Safe: the call ends, and the defect stands among the problems.
        this.log.problem(`call ${call.sid}: ${String(error)}`);
        this.switchboard.end(call, 'failed');
      });
  }

  /** The service ends a call, whatever it is doing. */
  end(call: Call): void {
    this.switchboard.end(call, call.answeredAt === null ? 'canceled' : 'completed');
  }

  /** Somebody picks the phone up; null when it does not ring. */
  async answer(phone: string): Promise<Call | null> {
    const call = this.book
      .onPhone(phone)
      .find(({ state, fault }) => state === 'ringing' && fault.noAnswer !== true);
    if (call === undefined) return null;
    this.switchboard.connect(call);
    await call.rested();
    return call;
  }

  /** Keys pressed during a call; null when there is none. Nobody may be listening. */
  async press(phone: string, digits: string): Promise<Call | null> {
    const call = this.live(phone, ['in-progress']);
    if (call === null) return null;
    for (const key of digits) call.onKey?.(key);
    await call.rested();
    return call;
  }

  /** The phone hangs up, or declines the call that rings; null when there is none. */
  hangUp(phone: string): Call | null {
    const call = this.live(phone, ['in-progress', 'ringing']);
    if (call !== null) this.switchboard.end(call, call.answeredAt === null ? 'busy' : 'completed');
    return call;
  }

  private live(phone: string, states: Call['state'][]): Call | null {
    return this.book.onPhone(phone).find(({ state }) => states.includes(state)) ?? null;
  }
}
