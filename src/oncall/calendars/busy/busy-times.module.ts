import { Module } from '@nestjs/common';
import { AuditModule } from '../../../audit/audit.module.js';
import { CryptoModule } from '../../../platform/crypto/crypto.module.js';
import { GuardedFetchModule } from '../../../platform/http/guarded/guarded-fetch.module.js';
import { ProgramsModule } from '../../../programs/programs.module.js';
import { StaffModule } from '../../../staff/staff.module.js';
import { BusyCalendarController } from './busy-calendar.controller.js';
import { BusyCalendars } from './busy-calendars.service.js';
import { BusyCalendarsStore } from './busy-calendars.store.js';
import { BusyFetches } from './busy-fetches.service.js';
import { BusyTimes } from './busy-times.service.js';
import { CalendarReader } from './calendar-reader.js';

/** Knows nothing of schedules, so that whoever plans them can ask it. */
@Module({
  imports: [GuardedFetchModule, StaffModule, ProgramsModule, CryptoModule, AuditModule],
  controllers: [BusyCalendarController],
  providers: [BusyCalendarsStore, BusyCalendars, BusyFetches, BusyTimes, CalendarReader],
  exports: [BusyCalendars, BusyFetches, BusyTimes],
})
export class BusyTimesModule {}
