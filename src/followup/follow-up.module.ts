import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { ParticipantsModule } from '../participants/participants.module.js';
import { FollowUpController } from './follow-up.controller.js';
import { FollowUp } from './follow-up.service.js';
import { FollowUpStore } from './follow-up.store.js';

@Module({
  imports: [CasesModule, ParticipantsModule],
  controllers: [FollowUpController],
  providers: [FollowUpStore, FollowUp],
  exports: [FollowUp],
})
export class FollowUpModule {}
