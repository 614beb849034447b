import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { TelephonyModule } from '../platform/telephony/telephony.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { Answers } from './answers.service.js';
import { AttemptLog } from './attempts/attempt-log.service.js';
import { AttemptsStore } from './attempts/attempts.store.js';
import { Ladder } from './attempts/ladder.service.js';
import { channelProviders, Channels } from './channels/index.js';
import { Delivery } from './delivery.service.js';
import { HangUps } from './hang-ups.service.js';
import { Notices } from './notices.service.js';
import { PagesStore } from './pages.store.js';
import { Paging } from './paging.service.js';
import { Purposes } from './purposes.js';
import { Receipts } from './receipts.service.js';

@Module({
  imports: [StaffModule, AuditModule, TelephonyModule],
  providers: [
    ...channelProviders,
    Channels,
    PagesStore,
    AttemptsStore,
    AttemptLog,
    Ladder,
    Purposes,
    Paging,
    Notices,
    Delivery,
    Receipts,
    Answers,
    HangUps,
  ],
  exports: [Paging, Notices, Delivery, Receipts, Answers, HangUps, Purposes],
})
export class PagingModule {}
