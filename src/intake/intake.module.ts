import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { ParticipantsModule } from '../participants/participants.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { WordingModule } from '../wording/wording.module.js';
import { FlagsController } from './flags.controller.js';
import { FlagsStore } from './flags.store.js';
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
  providers: [FlagsStore, Intake, SenderLimits, StatusTokens],
})
export class IntakeModule {}
