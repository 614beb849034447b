import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { Answering } from './answering.service.js';
import { CoverageController } from './coverage/coverage.controller.js';
import { ProgramCoverage } from './coverage/program-coverage.service.js';
import { OnCallChanges } from './on-call-changes.js';
import { OnCallController } from './on-call.controller.js';
import { OnCall } from './on-call.service.js';
import { ScheduleRights } from './schedules/schedule-rights.service.js';
import { SchedulesApply } from './schedules/schedules.apply.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import { Schedules } from './schedules/schedules.service.js';
import { SchedulesStore } from './schedules/schedules.store.js';
import { ShiftsController } from './schedules/shifts.controller.js';

@Module({
  imports: [StaffModule, ProgramsModule, AuditModule],
  controllers: [CoverageController, OnCallController, SchedulesController, ShiftsController],
  providers: [
    SchedulesStore,
    Schedules,
    ScheduleRights,
    OnCallChanges,
    OnCall,
    Answering,
    ProgramCoverage,
    SchedulesApply,
  ],
  exports: [
    Schedules,
    ScheduleRights,
    OnCallChanges,
    OnCall,
    Answering,
    ProgramCoverage,
    SchedulesApply,
  ],
})
export class OnCallModule {}
