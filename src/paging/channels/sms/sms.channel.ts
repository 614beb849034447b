import { Injectable } from '@nestjs/common';
import { PublicAddress } from '../../../platform/http/public-address.js';
import type { SendOutcome } from '../../../platform/telephony/send-outcome.js';
import { TelephonyConfig } from '../../../platform/telephony/telephony.config.js';
import { Telephony } from '../../../platform/telephony/telephony.js';
import { textOf } from '../../rules/page-speech.js';
import type { Channel, OutgoingAttempt } from '../channel.js';
import { senderFor } from '../sender.js';

/** A page as one GSM-7 text segment with a code to reply and a link. */
@Injectable()
export class SmsChannel implements Channel {
  readonly name = 'sms';

  constructor(
    private readonly telephony: Telephony,
    private readonly config: TelephonyConfig,
    private readonly address: PublicAddress,
  ) {}

  send(attempt: OutgoingAttempt): Promise<SendOutcome> {
    const { content, code, waitingSeconds } = attempt;
    return this.telephony.sendSms({
      from: senderFor(this.config.fromNumbers, attempt),
      to: attempt.to,
      body: textOf(content, {
        waitingSeconds,
        code,
        link: this.address.of(`/r/${attempt.linkToken}`),
      }),
      statusCallback: this.address.of(`/webhooks/twilio/receipts/${attempt.nonce}`),
    });
  }
}
