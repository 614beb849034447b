import type { Timers } from '../network/timers.js';
import type { GatherVerb } from '../twiml/voice.js';
import type { Call } from './call.js';

/** The keys one gather hears, from the moment it is made. */
export class Keypad {
  private digits = '';
  private finished = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly call: Call,
    private readonly verb: GatherVerb,
  ) {
    call.onKey = (key) => this.press(key);
  }

  /** Waits for the keys; resolves with none when nobody pressed any in time. */
  async keys(timers: Timers, signal: AbortSignal): Promise<string> {
    const timeoutMs = (this.call.fault.gatherSeconds ?? this.verb.timeoutSeconds) * 1000;
    this.call.rest();
    for (let heard = -1; !this.finished && heard !== this.digits.length;) {
      heard = this.digits.length;
      await timers.sleep(timeoutMs, signal, (wake) => (this.wake = wake));
    }
    this.call.onKey = null;
    return this.digits;
  }

  private press(key: string): void {
    if (this.finished) return;
    this.finished = key === this.verb.finishOnKey;
    if (!this.finished) this.digits += key;
    this.finished ||= this.digits.length >= this.verb.digitsMax;
    if (this.finished) this.call.stir();
    this.wake();
  }
}
