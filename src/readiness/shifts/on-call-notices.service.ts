import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type News, type NewsListener, OnCallNews } from '../../oncall/on-call-news.js';
import { Schedules } from '../../oncall/schedules/schedules.service.js';
import { Notices } from '../../paging/notices.service.js';
import type { Tx } from '../../platform/db/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { stretchOf } from './shift-words.js';

/** Tells people by text what others have done to their time on call. */
@Injectable()
export class OnCallNotices implements OnModuleInit, NewsListener {
  constructor(
    private readonly news: OnCallNews,
    private readonly schedules: Schedules,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.news.register(this);
  }

  async onCallNews(tx: Tx, { kind, scheduleId, staffIds, from, to }: News): Promise<void> {
    const schedule = await this.schedules.byId(tx, scheduleId);
    if (schedule === null) throw new Error(`There is no schedule ${scheduleId}.`);
    await this.notices.tell(tx, {
      subjectId: newId(), // Every piece of news is told, also when the same happens twice.
      occasion: kind,
      staffIds: [...new Set(staffIds)],
      content: { ...stretchOf(schedule, { fromAt: from, toAt: to }), reason: kind },
    });
  }
}
