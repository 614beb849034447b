import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { OnCallApply } from './on-call.apply.js';
import { OnCall } from './on-call.service.js';
import { SchedulesStore } from './schedules.store.js';

@Module({
  imports: [StaffModule, AuditModule],
  providers: [SchedulesStore, OnCall, OnCallApply],
  exports: [OnCall, OnCallApply],
})
export class OnCallModule {}
