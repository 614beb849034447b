import type { Fault } from '../faults/fault.js';
import { newSid } from '../network/sids.js';

export type EndState = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
export type CallState = 'queued' | 'ringing' | 'in-progress' | EndState;

/** What a call is begun with. */
export interface CallFields {
  direction: 'outbound-api' | 'outbound-dial' | 'inbound';
  from: string;
  to: string;
  statusCallback: string | null;
  /** Which of `initiated`, `ringing`, `answered`, `completed` are reported. */
  statusEvents: readonly string[];
  fallbackUrl: string | null;
  /** Who picks up; null says nothing about it. */
  answeredBy: string | null;
  fault: Fault;
}

/** One call and what is going on in it. */
export class Call implements CallFields {
  readonly sid = newSid('CA');
  readonly createdAt = new Date();
  readonly direction: CallFields['direction'];
  readonly from: string;
  readonly to: string;
  readonly statusCallback: string | null;
  readonly statusEvents: readonly string[];
  readonly fallbackUrl: string | null;
  readonly answeredBy: string | null;
  readonly fault: Fault;
  state: CallState = 'queued';
  answeredAt: Date | null = null;
  endedAt: Date | null = null;
  /** Every sentence spoken so far; for a machine that answered, its recording. */
  readonly said: string[] = [];
  /** What happens as soon as somebody picks up. */
  onAnswered: () => void = () => undefined;
  /** Takes the keys that are pressed; null when nobody listens. */
  onKey: ((key: string) => void) | null = null;
  /** Called off when the call ends or is given other instructions. */
  script = new AbortController();
  /** Resolves when the reports handed over so far were answered. */
  reported: Promise<void> = Promise.resolve();
  private resting = false;
  private restWaiters: (() => void)[] = [];
  private endWaiters: (() => void)[] = [];

  constructor(fields: CallFields) {
    this.direction = fields.direction;
    this.from = fields.from;
    this.to = fields.to;
    this.statusCallback = fields.statusCallback;
    this.statusEvents = fields.statusEvents;
    this.fallbackUrl = fields.fallbackUrl;
    this.answeredBy = fields.answeredBy;
    this.fault = fields.fault;
  }

  /** The phone in the lab that holds this call. */
  get phone(): string {
    return this.direction === 'inbound' ? this.from : this.to;
  }

  get ended(): boolean {
    return this.endedAt !== null;
  }

  get gathering(): boolean {
    return this.onKey !== null;
  }

  /** Something is being said or fetched; `rest` is what follows. */
  stir(): void {
    this.resting = false;
  }

  /** The call waits for a key, for time or for another phone, or is over. */
  rest(): void {
    this.resting = true;
    for (const waiter of this.restWaiters.splice(0)) waiter();
  }

  /** Resolves when the call rests. */
  async rested(): Promise<void> {
    if (this.resting) return;
    await new Promise<void>((resolve) => this.restWaiters.push(resolve));
  }

  end(state: EndState): void {
    this.state = state;
    this.endedAt = new Date();
    this.onKey = null;
    this.script.abort();
    this.rest();
    for (const waiter of this.endWaiters.splice(0)) waiter();
  }

  whenEnded(waiter: () => void): void {
    if (this.ended) waiter();
    else this.endWaiters.push(waiter);
  }
}
