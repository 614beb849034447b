import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { Answering } from './answering.service.js';
import { OnCallApply } from './on-call.apply.js';
import { OnCallController } from './on-call.controller.js';
import { OnCall } from './on-call.service.js';
import { SchedulesStore } from './schedules.store.js';

@Module({
  imports: [StaffModule, ProgramsModule, AuditModule],
  controllers: [OnCallController],
  providers: [SchedulesStore, OnCall, Answering, OnCallApply],
  exports: [OnCall, Answering, OnCallApply],
})
export class OnCallModule {}
