import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AuditStream } from '../audit/rules/event.js';
import type { Tx } from '../platform/db/unit-of-work.js';
import { Paging } from './paging.service.js';
import { type AnswerResult, type Purpose, Purposes } from './purposes.js';
import type { OnCallContent } from './rules/on-call/content.js';

const noticePriority = 6;

export interface Notice {
  /** What it is about: a shift, a swap, a gap. */
  subjectId: string;
  /** A person is told once per subject and occasion. */
  occasion: string;
  staffIds: readonly string[];
  content: OnCallContent;
}

/** Told once by text, by call where no text can be sent: nothing repeats, nothing is taken. */
@Injectable()
export class Notices implements OnModuleInit, Purpose {
  constructor(
    private readonly paging: Paging,
    private readonly purposes: Purposes,
  ) {}

  onModuleInit(): void {
    this.purposes.register('notice', this);
  }

  tell(tx: Tx, notice: Notice): Promise<void> {
    return this.paging.page(tx, { ...notice, purpose: 'notice', priority: noticePriority });
  }

  stream(): AuditStream {
    return 'system';
  }

  taken(): Promise<AnswerResult> {
    return Promise.resolve({ outcome: 'over' });
  }

  declined(): Promise<AnswerResult> {
    return Promise.resolve({ outcome: 'over' });
  }

  /** Nothing hangs from it: what has to be answered is paged for another purpose. */
  unreachable(): Promise<void> {
    return Promise.resolve();
  }
}
