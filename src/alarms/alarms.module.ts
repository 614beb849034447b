import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PagingModule } from '../paging/paging.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { Alarms } from './alarms.service.js';
import { AlarmsStore } from './alarms.store.js';

@Module({
  imports: [PagingModule, StaffModule, AuditModule],
  providers: [AlarmsStore, Alarms],
  exports: [Alarms],
})
export class AlarmsModule {}
