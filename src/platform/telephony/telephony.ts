import { Injectable } from '@nestjs/common';
import twilio from 'twilio';
import { assertMayBePaged } from './emergency-numbers.js';
import { classifyFailure, type Failure, type SendOutcome } from './send-outcome.js';
import { TelephonyConfig } from './telephony.config.js';
import { TwilioHttpClient } from './twilio-http-client.js';

export interface Sms {
  from: string;
  to: string;
  body: string;
  /** Where receipts go; must carry what identifies the attempt. */
  statusCallback: string;
}

export interface PhoneCall {
  from: string;
  to: string;
  /** The first words, sent along so that they are spoken even while we are down. */
  twiml: string;
  statusCallback: string;
  /** Longer lets a voicemail answer: the provider adds about five seconds by itself. */
  ringTimeoutSeconds?: number;
}

/** What one look at the provider's own record says. */
export type ProviderRecord =
  | { type: 'found'; status: string; errorCode: number | null }
  | { type: 'not_found'; failure: Failure };

/** A text that could not go out within this time is stale and must not arrive any more. */
const validitySeconds = 120;
const ringSecondsDefault = 15;

/** Receipts are repeated on every kind of failure: https://www.twilio.com/docs/usage/webhooks */
const callbackOverrides = '#rc=3&rp=all&ct=2000&rt=4000';

/** The answer to changing a call that has already ended, or is not yet in progress. */
const callNotInProgress = '21220';

/** The one door to the phone provider. Failures are returned, classified; none is retried here. */
@Injectable()
export class Telephony {
  private readonly client: twilio.Twilio;

  constructor(config: TelephonyConfig) {
    this.client = twilio(config.credentials.username, config.credentials.password, {
      accountSid: config.accountSid,
      httpClient: new TwilioHttpClient(config.apiBaseUrl),
    });
  }

  async sendSms({ from, to, body, statusCallback }: Sms): Promise<SendOutcome> {
    assertMayBePaged(to);
    return outcomeOf(
      this.client.messages.create({
        from,
        to,
        body,
        statusCallback: statusCallback + callbackOverrides,
        validityPeriod: validitySeconds,
        riskCheck: 'disable',
      }),
    );
  }

  async placeCall(call: PhoneCall): Promise<SendOutcome> {
    assertMayBePaged(call.to);
    return outcomeOf(
      this.client.calls.create({
        from: call.from,
        to: call.to,
        twiml: call.twiml,
        timeout: call.ringTimeoutSeconds ?? ringSecondsDefault,
        statusCallback: call.statusCallback + callbackOverrides,
        statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      }),
    );
  }

  /** Ends a call; one that is being listened to first hears `sayTwiml`. Already over is fine. */
  async hangUp(callSid: string, sayTwiml?: string): Promise<SendOutcome> {
    const call = this.client.calls(callSid);
    if (sayTwiml !== undefined) {
      const told = await outcomeOf(call.update({ twiml: sayTwiml }));
      if (told.type === 'sent' || told.code !== callNotInProgress) return told;
    }
    const ended = await outcomeOf(call.update({ status: 'completed' }));
    if (ended.type !== 'sent' && ended.code === callNotInProgress) {
      return { type: 'sent', sid: callSid };
    }
    return ended;
  }

  fetchMessage(sid: string): Promise<ProviderRecord> {
    return recordOf(this.client.messages(sid).fetch());
  }

  fetchCall(sid: string): Promise<ProviderRecord> {
    return recordOf(this.client.calls(sid).fetch());
  }
}

async function outcomeOf(request: Promise<{ sid: unknown }>): Promise<SendOutcome> {
  try {
    const { sid } = await request;
    if (typeof sid === 'string' && sid !== '') return { type: 'sent', sid };
    return { type: 'unknown', code: 'bad_answer' };
  } catch (error) {
    return failureOf(error);
  }
}

async function recordOf(
  request: Promise<{ status: string; errorCode?: number }>,
): Promise<ProviderRecord> {
  try {
    const { status, errorCode } = await request;
    return { type: 'found', status, errorCode: errorCode ?? null };
  } catch (error) {
    return { type: 'not_found', failure: failureOf(error) };
  }
}

/** Safe to go on from: whatever the client threw becomes a classified value. */
function failureOf(error: unknown): Failure {
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (typeof status === 'number') {
    return classifyFailure(status, typeof code === 'number' ? code : null, null);
  }
  return classifyFailure(null, null, typeof code === 'string' ? code : 'bad_answer');
}
