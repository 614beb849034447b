import { Injectable } from '@nestjs/common';
import { BoundedMap, pushBounded } from '../network/bounded.js';
import type { Fault } from '../faults/fault.js';
import { LabConfig } from '../phone-lab.config.js';
import { newSid } from '../network/sids.js';
import { Timers } from '../network/timers.js';
import { Webhooks } from '../network/webhooks.js';

export type MessageStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'received';

export interface TextMessage {
  sid: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  from: string;
  to: string;
  body: string;
  status: MessageStatus;
  errorCode: number | null;
  createdAt: Date;
  /** When it stood on the screen of a phone; null until then. */
  arrivedAt: Date | null;
  statusCallback: string | null;
}

export interface OutgoingText {
  from: string;
  to: string;
  body: string;
  statusCallback: string | null;
}

/** Between two steps of a text on its way. */
const stepMs = 15;
const messagesMax = 50_000;
const textsPerPhoneMax = 1000;

/** Texts on their way, and on the phones they reached. */
@Injectable()
export class Messages {
  private readonly bySid = new BoundedMap<string, TextMessage>(messagesMax);
  private readonly screens = new Map<string, TextMessage[]>();

  constructor(
    private readonly config: LabConfig,
    private readonly webhooks: Webhooks,
    private readonly timers: Timers,
  ) {}

  /** Accepts a text of the service; `receipts` settles when the last receipt was handed over. */
  accept(
    text: OutgoingText,
    direction: 'outbound-api' | 'outbound-reply',
    fault: Fault,
  ): { message: TextMessage; receipts: Promise<void> } {
    const message = this.keep({ ...text, direction, status: 'queued' });
    void this.travel(message, fault);
    return { message, receipts: this.report(message, fault) };
  }

  /** A text that somebody typed on a phone. */
  typed(from: string, to: string, body: string): TextMessage {
    const message = this.keep({
      from,
      to,
      body,
      direction: 'inbound',
      status: 'received',
      statusCallback: null,
    });
    message.arrivedAt = message.createdAt;
    this.show(from, message);
    return message;
  }

  get(sid: string): TextMessage | undefined {
    return this.bySid.get(sid);
  }

  /** Everything on one phone's screen, received and sent, newest first. */
  onScreen(number: string): TextMessage[] {
    return (this.screens.get(number) ?? []).toReversed();
  }

  numbers(): string[] {
    return [...this.screens.keys()];
  }

  clear(): void {
    this.bySid.clear();
    this.screens.clear();
  }

  private keep(fields: OutgoingText & Pick<TextMessage, 'direction' | 'status'>): TextMessage {
    const message: TextMessage = {
      sid: newSid('SM'),
      errorCode: null,
      createdAt: new Date(),
      arrivedAt: null,
      ...fields,
    };
    this.bySid.set(message.sid, message);
    return message;
  }

  private show(number: string, message: TextMessage): void {
    const screen = this.screens.get(number) ?? [];
    this.screens.set(number, screen);
    pushBounded(screen, message, textsPerPhoneMax);
  }

  private async travel(message: TextMessage, fault: Fault): Promise<void> {
    await this.timers.wait(fault.arrivesLateMs ?? 0);
    for (const status of journey(fault)) {
      await this.timers.wait(stepMs);
      message.status = status;
      if (status === 'undelivered') message.errorCode = fault.receiptErrorCode ?? null;
      if (status !== 'delivered') continue;
      message.arrivedAt = new Date();
      this.show(message.to, message);
    }
  }

  private async report(message: TextMessage, fault: Fault): Promise<void> {
    const { statusCallback } = message;
    if (statusCallback === null || fault.noReceipt === true) return;
    const inOrder = journey(fault);
    const ordered = fault.receiptsOutOfOrder === true ? inOrder.toReversed() : inOrder;
    const statuses = ordered.flatMap((status) =>
      fault.receiptsTwice === true ? [status, status] : [status],
    );
    await this.timers.wait((fault.arrivesLateMs ?? 0) + (fault.receiptsLateMs ?? 0));
    for (const status of statuses) {
      await this.timers.wait(stepMs);
      await this.webhooks.post(statusCallback, this.receipt(message, status, fault));
    }
  }

  private receipt(
    { sid, from, to }: TextMessage,
    status: MessageStatus,
    fault: Fault,
  ): Record<string, string> {
    return {
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: status,
      SmsStatus: status,
      From: from,
      To: to,
      AccountSid: this.config.accountSid,
      ApiVersion: '2010-04-01',
      ...(status === 'undelivered' && { ErrorCode: String(fault.receiptErrorCode) }),
    };
  }
}

function journey(fault: Fault): MessageStatus[] {
  if (fault.receiptErrorCode !== undefined) return ['queued', 'sent', 'undelivered'];
  if (fault.stopAt === 'queued') return ['queued'];
  return fault.stopAt === 'sent' ? ['queued', 'sent'] : ['queued', 'sent', 'delivered'];
}
