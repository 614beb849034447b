import { Injectable } from '@nestjs/common';
import type { Call } from '../calls/call.js';
import { CallBook } from '../calls/call-book.js';
import { Calls } from '../calls/calls.js';
import type { Source } from '../calls/script.js';
import type { Fault } from '../faults/fault.js';
import { LabLog } from '../network/lab-log.js';
import { isNeverDialed } from '../network/never-dialed.js';
import { LabConfig } from '../phone-lab.config.js';
import { Messages } from '../texts/messages.js';
import { OptOuts } from '../texts/opt-outs.js';
import type { CreateCall, CreateMessage, Operation, UpdateCall } from './operations.js';
import { callBody, messageBody } from './representation.js';
import { RestError } from './rest-error.js';

export interface Performed {
  status: number;
  body: Record<string, unknown>;
  sid: string;
  /** Settles when the receipts that need no answer of the phone were handed over. */
  receipts: Promise<void>;
}

const nothing = Promise.resolve();

/** Carries out the provider's operations on the simulated network. */
@Injectable()
export class Provider {
  constructor(
    private readonly config: LabConfig,
    private readonly messages: Messages,
    private readonly optOuts: OptOuts,
    private readonly calls: Calls,
    private readonly callBook: CallBook,
    private readonly log: LabLog,
  ) {}

  /** The phone an operation is about; null when there is no such text or call. */
  numberOf(operation: Operation): string | null {
    switch (operation.name) {
      case 'CreateMessage':
      case 'CreateCall':
        return operation.params.To;
      case 'FetchMessage':
        return this.messages.get(operation.sid)?.to ?? null;
      case 'UpdateCall':
      case 'FetchCall':
        return this.callBook.get(operation.sid)?.phone ?? null;
    }
  }

  perform(operation: Operation, fault: Fault): Performed {
    switch (operation.name) {
      case 'CreateMessage':
        return this.createMessage(operation.params, fault);
      case 'FetchMessage':
        return this.fetchMessage(operation.sid);
      case 'CreateCall':
        return this.createCall(operation.params, fault);
      case 'UpdateCall':
        return this.updateCall(existing(this.callBook.get(operation.sid)), operation.params);
      case 'FetchCall':
        return this.shown(200, existing(this.callBook.get(operation.sid)), nothing);
    }
  }

  private createMessage(params: CreateMessage, fault: Fault): Performed {
    const { From: from, To: to, Body: body } = params;
    this.refuseEmergency(to);
    if (this.optOuts.has(from, to)) {
      throw new RestError(400, 21_610, 'Attempt to send to unsubscribed recipient');
    }
    const { message, receipts } = this.messages.accept(
      { from, to, body, statusCallback: params.StatusCallback ?? null },
      'outbound-api',
      fault,
    );
    const shown = messageBody(this.config.accountSid, message);
    return { status: 201, body: shown, sid: message.sid, receipts };
  }

  private fetchMessage(sid: string): Performed {
    const body = messageBody(this.config.accountSid, existing(this.messages.get(sid)));
    return { status: 200, body, sid, receipts: nothing };
  }

  private createCall(params: CreateCall, fault: Fault): Performed {
    this.refuseEmergency(params.To);
    const { call, reported } = this.calls.place(
      {
        from: params.From,
        to: params.To,
        instructions: sourceOf(params),
        ringSeconds: params.Timeout,
        statusCallback: params.StatusCallback ?? null,
        statusEvents: params.StatusCallbackEvent,
        fallbackUrl: params.FallbackUrl ?? null,
      },
      fault,
    );
    return this.shown(201, call, reported);
  }

  private updateCall(call: Call, params: UpdateCall): Performed {
    const ends = params.Status !== undefined;
    const fits = params.Status === 'canceled' ? call.answeredAt === null : !call.ended;
    if (!fits || (!ends && call.state !== 'in-progress')) {
      throw new RestError(400, 21_220, 'Call is not in-progress. Cannot redirect.');
    }
    if (ends) this.calls.end(call);
    else this.calls.instruct(call, sourceOf(params));
    return this.shown(200, call, nothing);
  }

  private shown(status: number, call: Call, receipts: Promise<void>): Performed {
    return { status, body: callBody(this.config.accountSid, call), sid: call.sid, receipts };
  }

  private refuseEmergency(to: string): void {
    if (!isNeverDialed(to)) return;
    this.log.problem('an emergency number was to be texted or called');
    throw new RestError(400, 21_211, 'Invalid To number');
  }
}

function existing<T>(found: T | undefined): T {
  if (found === undefined) throw new RestError(404, 20_404, 'The resource was not found');
  return found;
}

function sourceOf({ Twiml, Url }: UpdateCall): Source {
  return Url === undefined
    ? { type: 'inline', twiml: Twiml ?? '' }
    : { type: 'fetch', url: Url, params: {} };
}
