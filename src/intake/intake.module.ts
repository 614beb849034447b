import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { ParticipantsModule } from '../participants/participants.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { WordingModule } from '../wording/wording.module.js';
import { CaseFlags } from './case-flags.service.js';
import { FlagStatus } from './help/flag-status.service.js';
import { FlagResources } from './resources/flag-resources.service.js';
import { ResourceCalendar } from './resources/resource-calendar.js';
import { FlagsController } from './flags.controller.js';
import { FlagsStore } from './flags.store.js';
import { HelpFlags } from './help/help-flags.service.js';
import { OwnPlans } from './help/own-plans.service.js';
import { Intake } from './intake.service.js';
import { ProductionGate } from './production-gate.service.js';
import { FlagRecords } from './record/flag-records.service.js';
import { Idempotency } from './record/idempotency.js';
import { Lines } from './lines.service.js';
import { ReviewLane } from './review/review-lane.service.js';
import { ReviewStore } from './review/review.store.js';
import { ResourcesController } from './resources.controller.js';
import { Assessments } from './senders/assessments.service.js';
import { KnownPeople } from './senders/known-people.service.js';
import { Senders } from './senders/senders.service.js';
import { Turns } from './senders/turns.js';
import { SenderLimits } from './sender-limits.js';
import { StatusTokens } from './status-tokens.js';

@Module({
  imports: [
    CasesModule,
    ParticipantsModule,
    ProgramsModule,
    ResourcesModule,
    WordingModule,
    CryptoModule,
    AuditModule,
  ],
  controllers: [FlagsController, ResourcesController],
  providers: [
    FlagsStore,
    FlagRecords,
    Idempotency,
    Intake,
    HelpFlags,
    FlagStatus,
    OwnPlans,
    CaseFlags,
    Lines,
    ProductionGate,
    SenderLimits,
    ReviewLane,
    ReviewStore,
    Senders,
    Assessments,
    KnownPeople,
    FlagResources,
    ResourceCalendar,
    Turns,
    StatusTokens,
  ],
  exports: [ProductionGate, HelpFlags, ReviewLane, FlagStatus, OwnPlans, CaseFlags, Lines],
})
export class IntakeModule {}
