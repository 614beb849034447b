import { Injectable } from '@nestjs/common';
import { Lines } from '../network/lines.js';
import { Messages, type TextMessage } from './messages.js';
import { OptOuts } from './opt-outs.js';
import { LabConfig } from '../phone-lab.config.js';
import { readMessagingTwiml } from '../twiml/messaging.js';
import { LabLog } from '../network/lab-log.js';
import type { PostAnswer } from '../network/http-post.js';
import { Webhooks } from '../network/webhooks.js';

/** A phone texts a line of the service: the webhook is called and its TwiML followed. */
@Injectable()
export class Inbox {
  constructor(
    private readonly config: LabConfig,
    private readonly lines: Lines,
    private readonly messages: Messages,
    private readonly optOuts: OptOuts,
    private readonly webhooks: Webhooks,
    private readonly log: LabLog,
  ) {}

  /** Null: nobody has said where texts to that line go. */
  async text(
    from: string,
    to: string,
    body: string,
  ): Promise<{ message: TextMessage; answer: PostAnswer } | null> {
    const url = this.lines.smsUrl(to);
    if (url === null) return null;
    const message = this.messages.typed(from, to, body);
    const notice = this.optOuts.read(message);
    if (notice !== null) this.reply(message, notice);
    const answer = await this.webhooks.post(url, this.params(message));
    if (answer.type === 'answered') this.follow(message, answer);
    return { message, answer };
  }

  private follow(message: TextMessage, answer: { status: number; body: string }): void {
    if (answer.status === 204 || answer.status >= 300 || answer.body.trim() === '') return;
    const read = readMessagingTwiml(answer.body);
    if (read.problem !== null) this.log.problem(`answer to a text: ${read.problem}`);
    if (this.optOuts.has(message.to, message.from)) return;
    for (const body of read.messages) this.reply(message, body);
  }

  private reply({ from, to }: TextMessage, body: string): void {
    this.messages.accept({ from: to, to: from, body, statusCallback: null }, 'outbound-reply', {});
  }

  private params({ sid, from, to, body }: TextMessage): Record<string, string> {
    return {
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      SmsStatus: 'received',
      From: from,
      To: to,
      Body: body,
      NumMedia: '0',
      NumSegments: '1',
      AccountSid: this.config.accountSid,
      ApiVersion: '2010-04-01',
    };
  }
}
