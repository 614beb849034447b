import { Injectable } from '@nestjs/common';
import { PublicAddress } from '../../../platform/http/public-address.js';
import type { SendOutcome } from '../../../platform/telephony/send-outcome.js';
import { TelephonyConfig } from '../../../platform/telephony/telephony.config.js';
import { Telephony } from '../../../platform/telephony/telephony.js';
import { speechOf } from '../../rules/page-speech.js';
import type { Channel, OutgoingAttempt } from '../channel.js';
import { senderFor } from '../sender.js';
import { firstTurn, promptTwiml } from './prompt.js';

/** A page as a call: the first words travel with the request, so they are said even if we die. */
@Injectable()
export class VoiceChannel implements Channel {
  readonly name = 'voice';

  constructor(
    private readonly telephony: Telephony,
    private readonly config: TelephonyConfig,
    private readonly address: PublicAddress,
  ) {}

  send(attempt: OutgoingAttempt): Promise<SendOutcome> {
    const { nonce, content } = attempt;
    return this.telephony.placeCall({
      from: senderFor(this.config.fromNumbers, attempt),
      to: attempt.to,
      twiml: promptTwiml(this.address, nonce, speechOf(content), firstTurn),
      statusCallback: this.address.of(`/webhooks/twilio/receipts/${nonce}`),
    });
  }
}
