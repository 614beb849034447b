import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { Answers } from '../paging/answers.service.js';
import { parseReply } from '../paging/rules/reply.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { isOutage } from '../platform/http/outage.js';
import { TelephonyConfig } from '../platform/telephony/telephony.config.js';
import { Callbacks } from './callbacks.service.js';
import { isOutcome, notRecordedText } from './rules/answer-words.js';
import { answeredText } from './rules/answered.js';
import { isOptOut } from './rules/keywords.js';
import { type CallbackForm, isSid } from './rules/status-report.js';

/** What a text is answered with: words, the way out for whoever needs it, or nothing at all. */
export type TextAnswer =
  { type: 'words'; words: string } | { type: 'resources' | 'not_matched' | 'silence' };

/** Texts to our numbers. Those that answer a page are acted on, each once. */
@Injectable()
export class StaffMessages {
  private readonly log = new Logger('messages');

  constructor(
    private readonly answers: Answers,
    private readonly callbacks: Callbacks,
    private readonly config: TelephonyConfig,
    private readonly audit: Audit,
  ) {}

  async answer(form: CallbackForm): Promise<TextAnswer> {
    const { Body: body = '' } = form;
    try {
      return isOptOut(body) ? await this.optOut(form) : await this.answerPage(form);
    } catch (error) {
      if (!isOutage(error)) throw error;
      // Safe: nothing is confirmed that was not recorded, and resources need no database. The
      // provider by itself refuses texts to whoever opted out.
      this.log.error('message.not_recorded', { sid: form['MessageSid'] });
      if (isOptOut(body)) return { type: 'silence' };
      const isReply = parseReply(body) !== null;
      return isReply ? { type: 'words', words: notRecordedText } : { type: 'resources' };
    }
  }

  private async answerPage(form: CallbackForm): Promise<TextAnswer> {
    const { From: from = '', Body: body = '', MessageSid: sid } = form;
    const reply = isSid(sid) ? parseReply(body) : null;
    const page = reply && (await this.answers.pageByCode(from, reply.code));
    if (!isSid(sid) || !reply || !page) {
      const type = (await this.answers.isFromStaff(from)) ? 'not_matched' : 'resources';
      await this.note(form, type);
      return { type };
    }
    const outcome = await this.note(form, async (tx) => {
      const proof = { code: reply.code, messageSid: sid };
      const answer = { page, channel: 'sms', proof } as const;
      return (await this.answers.answerWithin(tx, reply.take, answer)).outcome;
    });
    if (!isOutcome(outcome)) return { type: 'resources' };
    return { type: 'words', words: answeredText(page, outcome) };
  }

  /** Texts to this number end, and nothing more is texted: not even that. */
  private async optOut(form: CallbackForm): Promise<TextAnswer> {
    const { From: from = '', To: to = '' } = form;
    await this.note(form, async (tx) => {
      if (this.config.fromNumbers.includes(to)) await this.answers.optOut(tx, from);
      return 'opted_out';
    });
    return { type: 'silence' };
  }

  /** What came of an incoming text: by outcome only. */
  private note(form: CallbackForm, work: string | ((tx: Tx) => Promise<string>)): Promise<string> {
    const sid = form['MessageSid'] ?? '';
    const callback = { kind: 'message', nonce: null, identity: [sid], form } as const;
    return this.callbacks.once(callback, async (tx) => {
      const outcome = typeof work === 'string' ? work : await work(tx);
      this.audit.record(tx, {
        stream: 'system',
        action: 'message.received',
        actor: { type: 'provider' },
        body: { kind: 'message', outcome, sid: isSid(sid) ? sid : null },
      });
      return outcome;
    });
  }
}
