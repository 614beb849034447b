import { Module } from '@nestjs/common';
import { AlarmsModule } from '../../alarms/alarms.module.js';
import { AuditModule } from '../../audit/audit.module.js';
import { OnCallModule } from '../../oncall/on-call.module.js';
import { PagingModule } from '../../paging/paging.module.js';
import { StaffModule } from '../../staff/staff.module.js';
import { CheckInViews } from '../check-ins/check-in-views.service.js';
import { CheckInsController } from './check-ins.controller.js';
import { CheckIns } from './check-ins.service.js';
import { OnCallNotices } from './on-call-notices.service.js';
import { ShiftLocks } from './shift-locks.service.js';
import { ShiftPlans } from './shift-plans.service.js';
import { ShiftPlansStore } from './shift-plans.store.js';
import { ShiftWatches } from './shift-watches.service.js';
import { ShiftWatchesStore } from './shift-watches.store.js';
import { StandIns } from './stand-ins.service.js';

@Module({
  imports: [StaffModule, OnCallModule, PagingModule, AlarmsModule, AuditModule],
  controllers: [CheckInsController],
  providers: [
    ShiftWatchesStore,
    ShiftPlansStore,
    ShiftLocks,
    ShiftPlans,
    StandIns,
    CheckIns,
    CheckInViews,
    ShiftWatches,
    OnCallNotices,
  ],
  exports: [CheckInViews, ShiftPlans, ShiftWatches],
})
export class ShiftLifeModule {}
