import { Module } from '@nestjs/common';
import { AuditModule } from '../../../audit/audit.module.js';
import { ProgramsModule } from '../../../programs/programs.module.js';
import { StaffModule } from '../../../staff/staff.module.js';
import { OnCallModule } from '../../on-call.module.js';
import { CalendarFeedsController } from './calendar-feeds.controller.js';
import { CalendarFeeds } from './calendar-feeds.service.js';
import { CalendarFeedsStore } from './calendar-feeds.store.js';
import { CalendarsController } from './calendars.controller.js';
import { FeedContents } from './feed-contents.service.js';
import { FeedLimits } from './feed-limits.js';

@Module({
  imports: [OnCallModule, StaffModule, ProgramsModule, AuditModule],
  controllers: [CalendarFeedsController, CalendarsController],
  providers: [CalendarFeedsStore, CalendarFeeds, FeedContents, FeedLimits],
  exports: [CalendarFeeds],
})
export class CalendarFeedsModule {}
