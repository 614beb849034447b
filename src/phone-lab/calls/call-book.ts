import { Injectable } from '@nestjs/common';
import { BoundedMap, pushBounded } from '../network/bounded.js';
import type { Call } from './call.js';

const callsMax = 20_000;
const callsPerPhoneMax = 1000;

/** Every call there was, by its SID and by the phone that held it. */
@Injectable()
export class CallBook {
  private readonly bySid = new BoundedMap<string, Call>(callsMax);
  private readonly byPhone = new Map<string, Call[]>();

  add(call: Call): void {
    this.bySid.set(call.sid, call);
    const calls = this.byPhone.get(call.phone) ?? [];
    this.byPhone.set(call.phone, calls);
    pushBounded(calls, call, callsPerPhoneMax);
  }

  get(sid: string): Call | undefined {
    return this.bySid.get(sid);
  }

  /** Newest first. */
  onPhone(number: string): Call[] {
    return (this.byPhone.get(number) ?? []).toReversed();
  }

  phones(): string[] {
    return [...this.byPhone.keys()];
  }

  clear(): void {
    for (const call of this.bySid.values()) call.script.abort();
    this.bySid.clear();
    this.byPhone.clear();
  }
}
