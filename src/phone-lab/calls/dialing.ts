import { Injectable } from '@nestjs/common';
import { LabLog } from '../network/lab-log.js';
import type { DialVerb } from '../twiml/voice.js';
import { Call } from './call.js';
import { isNeverDialed } from '../network/never-dialed.js';
import { Switchboard } from './switchboard.js';

/** Connects a call with another phone of the lab. */
@Injectable()
export class Dialing {
  constructor(
    private readonly switchboard: Switchboard,
    private readonly log: LabLog,
  ) {}

  /** Resolves when the other phone has hung up or was not reached, with what became of it. */
  async dial(parent: Call, verb: DialVerb, signal: AbortSignal): Promise<Record<string, string>> {
    if (isNeverDialed(verb.number)) {
      this.log.problem('an emergency number was to be dialed');
      return { DialCallStatus: 'failed' };
    }
    const child = childOf(parent, verb);
    child.onAnswered = () => {
      child.said.push(`[connected with ${parent.phone}]`);
      parent.said.push(`[connected with ${verb.number}]`);
      child.rest();
    };
    signal.addEventListener('abort', () => this.hangUp(child), { once: true });
    void this.switchboard.ring(child, verb.timeoutSeconds);
    parent.rest();
    await new Promise<void>((resolve) => child.whenEnded(resolve));
    signal.throwIfAborted();
    parent.stir();
    const { sid, state } = child;
    return { DialCallSid: sid, DialCallStatus: state, DialCallDuration: '0' };
  }

  private hangUp(child: Call): void {
    this.switchboard.end(child, child.answeredAt === null ? 'canceled' : 'completed');
  }
}

function childOf(parent: Call, verb: DialVerb): Call {
  return new Call({
    direction: 'outbound-dial',
    from: verb.callerId ?? parent.from,
    to: verb.number,
    statusCallback: null,
    statusEvents: [],
    fallbackUrl: null,
    answeredBy: null,
    fault: {},
  });
}
