import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { PagingModule } from '../paging/paging.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { WordingModule } from '../wording/wording.module.js';
import { Callers } from './callers.service.js';
import { Callbacks } from './callbacks.service.js';
import { CallbacksStore } from './callbacks.store.js';
import { PageCalls } from './page-calls.service.js';
import { RefusedCallbacks } from './refused-callbacks.service.js';
import { SpokenResources } from './spoken-resources.service.js';
import { StaffMessages } from './staff-messages.service.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  imports: [IntakeModule, PagingModule, ResourcesModule, WordingModule, CryptoModule, AuditModule],
  controllers: [WebhooksController],
  providers: [
    CallbacksStore,
    Callbacks,
    RefusedCallbacks,
    StaffMessages,
    PageCalls,
    Callers,
    SpokenResources,
  ],
})
export class PhoneModule {}
