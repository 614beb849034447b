import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { Circumstances } from './circumstances/circumstances.service.js';
import { ContactPoints } from './contact-points.service.js';
import { HelpLinks } from './help-links.service.js';
import { OwnPlan } from './own-plan.service.js';
import { ParticipantsApply } from './participants.apply.js';
import { Participants } from './participants.service.js';
import { PlansApply } from './plans.apply.js';
import { ParticipantsStore } from './participants.store.js';

@Module({
  imports: [AuditModule, CryptoModule],
  providers: [
    ParticipantsStore,
    Participants,
    HelpLinks,
    ContactPoints,
    OwnPlan,
    Circumstances,
    PlansApply,
    ParticipantsApply,
  ],
  exports: [Participants, HelpLinks, ContactPoints, OwnPlan, Circumstances, ParticipantsApply],
})
export class ParticipantsModule {}
