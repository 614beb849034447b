import { Module } from '@nestjs/common';
import { AlarmsModule } from '../../alarms/alarms.module.js';
import { AuditModule } from '../../audit/audit.module.js';
import { OnCallModule } from '../../oncall/on-call.module.js';
import { PagingModule } from '../../paging/paging.module.js';
import { StaffModule } from '../../staff/staff.module.js';
import { CoverageChecks } from './coverage-checks.service.js';
import { CoverageChecksStore } from './coverage-checks.store.js';
import { CoverageFigures } from './coverage-figures.service.js';
import { CoverageGapsStore } from './coverage-gaps.store.js';
import { GapWarnings } from './gap-warnings.service.js';

@Module({
  imports: [StaffModule, OnCallModule, PagingModule, AlarmsModule, AuditModule],
  providers: [CoverageChecksStore, CoverageGapsStore, CoverageChecks, GapWarnings, CoverageFigures],
  exports: [CoverageChecks, GapWarnings, CoverageFigures],
})
export class CoverageModule {}
