import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { Answering } from './answering.service.js';
import { BusyTimesModule } from './calendars/busy/busy-times.module.js';
import { CoverageController } from './coverage/coverage.controller.js';
import { ProgramCoverage } from './coverage/program-coverage.service.js';
import { OnCallChanges } from './on-call-changes.js';
import { OnCallNews } from './on-call-news.js';
import { OnCallController } from './on-call.controller.js';
import { LocalTimes } from './local-times.service.js';
import { OnCallSteps } from './on-call-steps.service.js';
import { OnCall } from './on-call.service.js';
import { IncomingWarnings } from './overrides/incoming-warnings.service.js';
import { OverrideDrafts } from './overrides/override-drafts.service.js';
import { OverrideEffects } from './overrides/override-effects.service.js';
import { OverridesController } from './overrides/overrides.controller.js';
import { OverridesApply } from './overrides/overrides.apply.js';
import { Overrides } from './overrides/overrides.service.js';
import { OverridesStore } from './overrides/overrides.store.js';
import { PublicationChecks } from './schedules/publication-checks.service.js';
import { ScheduleRights } from './schedules/schedule-rights.service.js';
import { SchedulesApply } from './schedules/schedules.apply.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import { SchedulesExport } from './schedules/schedules.export.js';
import { Schedules } from './schedules/schedules.service.js';
import { SchedulesStore } from './schedules/schedules.store.js';
import { PolicyUse } from './shifts/policy-use.service.js';
import { ShiftEnds } from './shifts/shift-ends.js';
import { Workloads } from './shifts/workloads.service.js';
import { ShiftsController } from './schedules/shifts.controller.js';
import { SwapActsController } from './swaps/swap-acts.controller.js';
import { SwapActs } from './swaps/swap-acts.service.js';
import { SwapClock } from './swaps/swap-clock.service.js';
import { SwapRecord } from './swaps/swap-record.service.js';
import { SwapTerms } from './swaps/swap-terms.service.js';
import { SwapViews } from './swaps/swap-views.service.js';
import { SwapsController } from './swaps/swaps.controller.js';
import { SwapsApply } from './swaps/swaps.apply.js';
import { Swaps } from './swaps/swaps.service.js';
import { SwapsStore } from './swaps/swaps.store.js';

@Module({
  imports: [StaffModule, ProgramsModule, AuditModule, BusyTimesModule],
  controllers: [
    CoverageController,
    OnCallController,
    SchedulesController,
    ShiftsController,
    OverridesController,
    SwapsController,
    SwapActsController,
  ],
  providers: [
    SchedulesStore,
    PublicationChecks,
    Schedules,
    ScheduleRights,
    OnCallChanges,
    OnCallNews,
    OnCall,
    OnCallSteps,
    LocalTimes,
    Answering,
    ProgramCoverage,
    SchedulesApply,
    SchedulesExport,
    OverridesApply,
    SwapsApply,
    OverridesStore,
    OverrideDrafts,
    OverrideEffects,
    IncomingWarnings,
    Overrides,
    PolicyUse,
    ShiftEnds,
    Workloads,
    SwapsStore,
    SwapTerms,
    SwapRecord,
    Swaps,
    SwapActs,
    SwapViews,
    SwapClock,
  ],
  exports: [
    Workloads,
    SwapActs,
    SwapClock,
    Swaps,
    SwapViews,
    Overrides,
    PolicyUse,
    ShiftEnds,
    Schedules,
    ScheduleRights,
    OnCallChanges,
    OnCallNews,
    OnCall,
    OnCallSteps,
    LocalTimes,
    Answering,
    ProgramCoverage,
    SchedulesApply,
    SchedulesExport,
  ],
})
export class OnCallModule {}
