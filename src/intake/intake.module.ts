import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { ParticipantsModule } from '../participants/participants.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { WordingModule } from '../wording/wording.module.js';
import { FlagStatus } from './flag-status.service.js';
import { FlagStatusStore } from './flag-status.store.js';
import { FlagsController } from './flags.controller.js';
import { FlagsStore } from './flags.store.js';
import { HelpFlags } from './help-flags.service.js';
import { Intake } from './intake.service.js';
import { ResourcesController } from './resources.controller.js';
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
    FlagStatusStore,
    Intake,
    HelpFlags,
    FlagStatus,
    SenderLimits,
    StatusTokens,
  ],
  exports: [HelpFlags, FlagStatus],
})
export class IntakeModule {}
