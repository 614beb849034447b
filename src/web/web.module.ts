import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { FollowUpModule } from '../followup/follow-up.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { BusyTimesModule } from '../oncall/calendars/busy/busy-times.module.js';
import { CalendarFeedsModule } from '../oncall/calendars/feeds/calendar-feeds.module.js';
import { OnCallModule } from '../oncall/on-call.module.js';
import { PagingModule } from '../paging/paging.module.js';
import { ParticipantsModule } from '../participants/participants.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { ShiftLifeModule } from '../readiness/shifts/shift-life.module.js';
import { ReportingModule } from '../reporting/reporting.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { WordingModule } from '../wording/wording.module.js';
import { AssetsController } from './assets/assets.controller.js';
import { CaseActions } from './casework/case-actions.js';
import { CaseController } from './casework/case.controller.js';
import { CaseFiles } from './casework/case-file.service.js';
import { CaseFilesController } from './casework/case-files.controller.js';
import { ProblemPages } from './failures/problem-pages.js';
import { HelpController } from './help/help.controller.js';
import { HelpPrograms } from './help/help-programs.js';
import { Remembered } from './help/remembered.js';
import { StatusController } from './help/status/status.controller.js';
import { Visits } from './help/visits.js';
import { Viewers } from './layout/viewers.js';
import { CalendarPageController } from './on-call/calendar/calendar-page.controller.js';
import { CheckInsPageController } from './on-call/check-ins/check-ins-page.controller.js';
import { CoveragePageController } from './on-call/coverage/coverage-page.controller.js';
import { Days } from './on-call/now/days.service.js';
import { NowController } from './on-call/now/now.controller.js';
import { OverrideForms } from './on-call/overrides/override-forms.service.js';
import { OverridesPageController } from './on-call/overrides/overrides-page.controller.js';
import { PeopleToChoose } from './on-call/people.service.js';
import { Places } from './on-call/places.service.js';
import { SimulationController } from './on-call/simulation/simulation.controller.js';
import { ShiftsToSwap } from './on-call/swaps/shifts-to-swap.service.js';
import { SwapForms } from './on-call/swaps/swap-forms.service.js';
import { SwapsPageController } from './on-call/swaps/swaps-page.controller.js';
import { RespondController } from './respond/respond.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { ReportsController } from './supervise/reports.controller.js';
import { ReviewLaneController } from './supervise/review-lane.controller.js';
import { UnverifiedController } from './supervise/unverified.controller.js';
import { WorkloadReports } from './supervise/workload-report.service.js';
import { SuperviseController } from './supervise/supervise.controller.js';

@Module({
  imports: [
    CasesModule,
    FollowUpModule,
    IntakeModule,
    OnCallModule,
    CalendarFeedsModule,
    BusyTimesModule,
    ShiftLifeModule,
    PagingModule,
    ParticipantsModule,
    ProgramsModule,
    ReportingModule,
    ResourcesModule,
    StaffModule,
    WordingModule,
  ],
  controllers: [
    AssetsController,
    HelpController,
    StatusController,
    RespondController,
    SignInController,
    CaseController,
    CaseFilesController,
    SuperviseController,
    UnverifiedController,
    ReportsController,
    ReviewLaneController,
    NowController,
    SimulationController,
    OverridesPageController,
    SwapsPageController,
    CoveragePageController,
    CheckInsPageController,
    CalendarPageController,
  ],
  providers: [
    HelpPrograms,
    Remembered,
    Visits,
    ProblemPages,
    Viewers,
    CaseFiles,
    CaseActions,
    Places,
    Days,
    PeopleToChoose,
    OverrideForms,
    ShiftsToSwap,
    SwapForms,
    WorkloadReports,
  ],
})
export class WebModule {}
