import { Injectable } from '@nestjs/common';
import { Answers } from '../paging/answers.service.js';
import { parseReply } from '../paging/rules/reply.js';
import { UnitOfWork } from '../platform/db/unit-of-work.js';
import { Staff } from '../staff/staff.service.js';
import { answerText } from './rules/answer-text.js';
import { isOptOut } from './rules/keywords.js';

export interface IncomingText {
  from: string;
  body: string;
  sid: string;
}

/** Texts to the numbers that page staff. */
@Injectable()
export class StaffMessages {
  constructor(
    private readonly answers: Answers,
    private readonly staff: Staff,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The reply to an answered page; null when the text is none and the sender needs resources. */
  async answer({ from, body, sid }: IncomingText): Promise<string | null> {
    const reply = parseReply(body);
    const page = reply && (await this.answers.pageByCode(from, reply.code));
    if (!reply || !page) return null;
    const proof = { code: reply.code, messageSid: sid };
    const { outcome, ref } = await this.answers.answer(reply.take, { page, channel: 'sms', proof });
    return answerText(outcome, ref);
  }

  /** Texts to this number end; whoever it belongs to is reached by the other ways only. */
  async optOut({ from, body }: IncomingText): Promise<boolean> {
    if (!isOptOut(body)) return false;
    await this.unitOfWork.run((tx) => this.staff.optOutOfTexts(tx, from));
    return true;
  }
}
