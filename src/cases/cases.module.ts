import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms/alarms.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { OnCallModule } from '../oncall/on-call.module.js';
import { PagingModule } from '../paging/paging.module.js';
import { ParticipantsModule } from '../participants/participants.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { Audiences } from './audiences.service.js';
import { CaseMoves } from './case-moves.service.js';
import { CaseTimeline } from './case-timeline.service.js';
import { CasesController } from './cases.controller.js';
import { Cases } from './cases.service.js';
import { CasesStore } from './cases.store.js';
import { StaffCases } from './staff-cases.service.js';
import { CaseList } from './casework/case-list.service.js';
import { HandOvers } from './casework/hand-overs.service.js';
import { HandOversStore } from './casework/hand-overs.store.js';
import { Takings } from './casework/takings.service.js';
import { Workplaces } from './casework/workplaces.service.js';
import { SimulationsController } from './simulation/simulations.controller.js';
import { Simulations } from './simulation/simulations.service.js';

@Module({
  imports: [
    StaffModule,
    OnCallModule,
    PagingModule,
    ParticipantsModule,
    AlarmsModule,
    ProgramsModule,
    AuditModule,
    CryptoModule,
  ],
  controllers: [CasesController, SimulationsController],
  providers: [
    CasesStore,
    Audiences,
    CaseMoves,
    Takings,
    HandOversStore,
    HandOvers,
    CaseTimeline,
    CaseList,
    Cases,
    StaffCases,
    Workplaces,
    Simulations,
  ],
  exports: [Cases, HandOvers, StaffCases, CaseTimeline, Workplaces, Simulations],
})
export class CasesModule {}
