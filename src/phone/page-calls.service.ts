import { Injectable } from '@nestjs/common';
import { Answers } from '../paging/answers.service.js';
import { farewellTwiml, promptTwiml } from '../paging/channels/voice/prompt.js';
import type { AnswerResult } from '../paging/purposes.js';
import { PublicAddress } from '../platform/http/public-address.js';

export interface PressedKey {
  nonce: string;
  /** How often the prompt was heard. */
  round: number;
  /** Empty: the time ran out. */
  digits: string;
  callSid: string;
}

const takeKey = '1';
const passKey = '2';

/** Keys pressed in the calls that page staff. Only a 1 takes; silence and voicemail do not. */
@Injectable()
export class PageCalls {
  constructor(
    private readonly answers: Answers,
    private readonly address: PublicAddress,
  ) {}

  async key({ nonce, round, digits, callSid }: PressedKey): Promise<string> {
    const found = await this.answers.pageByCall(nonce);
    // A key may come before we have our own record of the call's id, never with another one.
    const stranger = found?.attempt.providerSid != null && found.attempt.providerSid !== callSid;
    if (!found || stranger) return farewellTwiml('This page is not known. Goodbye.');
    const { page, attempt } = found;
    if (digits !== takeKey && digits !== passKey) {
      return promptTwiml(this.address, nonce, page.content, round + 1);
    }
    const proof = { digits, callSid, attemptId: attempt.id };
    const answer = { page, channel: 'voice', proof } as const;
    const { outcome } = await this.answers.answer(digits === takeKey, answer, attempt);
    return farewellTwiml(spoken[outcome]);
  }
}

const spoken: Record<AnswerResult['outcome'], string> = {
  taken: 'You have taken the case. Please sign in to see whom to call. Goodbye.',
  already_yours: 'This case is already yours. Please sign in to see whom to call. Goodbye.',
  taken_by_other: 'Another clinician has taken this case. No action needed. Goodbye.',
  declined: 'You passed. The next person is being paged. Goodbye.',
  over: 'This case no longer waits for an answer. No action needed. Goodbye.',
};
