import { Injectable, Logger } from '@nestjs/common';
import { type AnsweredCall, Answers } from '../paging/answers.service.js';
import { farewellTwiml, promptTwiml } from '../paging/channels/voice/prompt.js';
import type { Page } from '../paging/purposes.js';
import { asks, speechOf } from '../paging/rules/page-speech.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { isOutage } from '../platform/http/outage.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { Callbacks } from './callbacks.service.js';
import { isOutcome } from './rules/answer-words.js';
import { answeredSpeech } from './rules/answered.js';
import { hearAgain, type KeyMove, type PartReason, readKey, type Turn } from './rules/key-press.js';
import { type CallbackForm, isSid } from './rules/status-report.js';
import { SpokenResources } from './spoken-resources.service.js';

const notKnown = 'This page is not known.';
const notRecorded =
  'Your answer could not be recorded just now. Nobody has it yet. Please press the key again.';
const notRecordedAtAll =
  'Your answer could not be recorded. Please answer the text message instead. Goodbye.';

/** Keys pressed in the calls that page staff. What they did is said only after its commit. */
@Injectable()
export class PageCalls {
  private readonly log = new Logger('page-calls');

  constructor(
    private readonly answers: Answers,
    private readonly callbacks: Callbacks,
    private readonly address: PublicAddress,
    private readonly spoken: SpokenResources,
  ) {}

  /** The provider's next instructions; an empty `Digits` means that the time ran out. */
  async key(nonce: string, turn: Turn, form: CallbackForm): Promise<string> {
    try {
      return await this.answer(nonce, turn, form);
    } catch (error) {
      if (!isOutage(error)) throw error;
      // Safe: nothing was confirmed, and pressing again what was recorded after all says so.
      this.log.error('key.not_recorded', { nonce });
      const again = hearAgain(turn);
      if (again === null) return farewellTwiml(notRecordedAtAll);
      return promptTwiml(this.address, nonce, notRecorded, again.turn);
    }
  }

  private async answer(nonce: string, turn: Turn, form: CallbackForm): Promise<string> {
    const { Digits: digits = '', CallSid: sid } = form;
    const found = await this.answers.pageByCall(nonce);
    // A key may come before we have our own record of the call's id, never with another one.
    const { providerSid = null } = found?.attempt ?? {};
    if (!found || !isSid(sid) || (providerSid !== null && providerSid !== sid)) {
      await this.callbacks.orphanedKeys(nonce, form);
      const { From: line = '', To: from = '' } = form; // We called them.
      return this.spoken.twiml({ line, from }, notKnown);
    }
    const move = readKey(digits, turn, asks(found.page.content));
    const identity = [nonce, turn.round, turn.repeats];
    const outcome = await this.callbacks.once(
      { kind: 'keys', nonce, identity, form },
      async (tx) => {
        const call = { attempt: found.attempt, sid };
        if (move.type === 'answer') return this.act(tx, found.page, move.take, call, digits);
        if (move.type === 'part' && move.because === 'heard') {
          await this.answers.heardWithin(tx, found.page, call);
        }
        return move.type;
      },
    );
    if (move.type === 'ask') {
      return promptTwiml(this.address, nonce, speechOf(found.page.content), move.turn);
    }
    return farewellTwiml(lastWords(found.page, move, outcome));
  }

  private async act(
    tx: Tx,
    page: Page,
    take: boolean,
    call: AnsweredCall,
    digits: string,
  ): Promise<string> {
    const proof = { digits, callSid: call.sid, attemptId: call.attempt.id };
    const answer = { page, channel: 'voice', proof } as const;
    return (await this.answers.answerWithin(tx, take, answer, call)).outcome;
  }
}

const partWords: Record<PartReason, string> = {
  no_key: 'No answer was given. Goodbye.',
  heard_often: 'No answer was given. Please answer the text message instead. Goodbye.',
  heard: 'Thank you. Please sign in. Goodbye.',
};

function lastWords(page: Page, move: Exclude<KeyMove, { type: 'ask' }>, outcome: string): string {
  if (move.type === 'part') return partWords[move.because];
  if (!isOutcome(outcome)) return `${notKnown} Goodbye.`;
  return answeredSpeech(page, outcome);
}
